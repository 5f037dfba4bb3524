"""Personal data as it may be shown in lists, logs, chats and subjects of mails."""

# Of a shorter number, what is shown would be nearly all of it.
SHORTEST_SHOWN = 10


def mask_name(name: str) -> str:
    """张三 is 张*."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_phone(e164: str) -> str:
    """+8613800138000 is 138****8000, as everybody in China writes it."""
    national = e164.removeprefix("+86")
    if len(national) < SHORTEST_SHOWN:
        return "*" * len(national)
    return f"{national[:3]}{'*' * (len(national) - 7)}{national[-4:]}"
