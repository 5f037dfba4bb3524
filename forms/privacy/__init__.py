"""Personal data: masked where it is listed, revealed for a reason, and gone when its time is over."""
