"""What administrators are told of an error: where it happened, never with what data.

Django hides the variables of functions that say so, and no others: the arguments of a query, for one, are those of
functions of its own. Here nothing is shown that a visitor can have sent, whichever function holds it.
"""

from typing import Any

from django.views.debug import SafeExceptionReporterFilter


class PrivateReporterFilter(SafeExceptionReporterFilter):
    def get_post_parameters(self, request: Any) -> Any:
        parameters = super().get_post_parameters(request)
        if request is None or not self.is_active(request):
            return parameters
        return dict.fromkeys(parameters, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:
        variables = super().get_traceback_frame_variables(request, tb_frame)
        if not self.is_active(request):
            return variables
        return [(name, self.cleansed_substitute) for name, _value in variables]
