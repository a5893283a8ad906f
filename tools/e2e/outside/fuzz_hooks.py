"""Hooks of schemathesis: what it cannot know about the charge points, and about rules that only words can say."""

import json
import re
import uuid

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response

SILENT = "FUZZ-SILENT"
AT_FAULT = ("FUZZ-ERROR", "FUZZ-INVALID", SILENT)

# Rules that no schema can hold; the description has each of them in words. A refusal with another message is a finding.
IN_WORDS = (
    "is not a cursor of this list",
    "is no id of an event of this stream",
    "is in the past",
    "cannot be removed from a charge point of security profile",
    "is needed for security profile",
    "must not be before",
    "must be at most 3000 intervals after",
    "selects no charge point",
    "holds a certificate that cannot be read",
    "must be one certificate",
    "must hold no slash and no control character",
    "must not be blank",
    "must not be one or two dots",
    "names ",
    "must be Unicode text",
)


def charge_point(case: Case) -> str:
    return str((case.path_parameters or {}).get("cp_id", ""))


def sends_command(case: Case) -> bool:
    return "/commands/" in case.path and case.method == "POST"


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict) -> None:
    """Keys are new ones, because the same key with another body is refused. A silent charge point is not waited for long."""
    if getattr(case.meta and case.meta.phase.data, "parameter", None) == "Authorization":
        # A header that is written here brings back the token, which this request is meant to lack.
        return
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and re.fullmatch("[!-~]{1,255}", key):
        case.headers["Idempotency-Key"] = f"{uuid.uuid4()}{key}"[:255]
    if not charge_point(case).startswith(SILENT):
        return
    if sends_command(case) and isinstance(case.body, dict) and is_long(case.body.get("timeout_s", 30)):
        case.body["timeout_s"] = 1
    elif "/calls/" in case.path and case.query is not None and is_long(case.query.get("timeout_s", 30)):
        case.query["timeout_s"] = 1


def is_long(seconds: object) -> bool:
    return isinstance(seconds, (int, float)) and 1 < seconds <= 30


@schemathesis.hook
def filter_failure(context: HookContext, failure: object, case: Case, response: Response) -> bool:
    """Keeps a refusal of a request that fits the schema, unless every fault breaks a rule in words."""
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    if any(component.mode.is_negative for component in case.meta.components.values()):
        # It made a part of the request against the schema, although it calls the whole request valid.
        return False
    problem = json.loads(response.content)
    if problem["type"].endswith(":invalid-payload"):
        # One body is for both versions of OCPP; what this charge point's version takes is said in words and by this type.
        return False
    faults = problem.get("errors", [])
    return not faults or not all(is_in_words(fault) for fault in faults)


def is_in_words(fault: dict) -> bool:
    # The body of the command that a bulk command sends is described at the route of that command.
    return fault.get("pointer", "").startswith("/request") or fault["message"].startswith(IN_WORDS)


@schemathesis.check
def server_error_has_its_charge_point(ctx: CheckContext, response: Response, case: Case) -> None:
    """502 and 504 are answers about a charge point that answers wrongly or not at all. No other may cause them."""
    if response.status_code in (502, 504) and "/charge-points/" in case.path:
        if not charge_point(case).startswith(AT_FAULT):
            raise AssertionError(f"{response.status_code} although {charge_point(case)} answers")
