"""What the chargers of both versions share that send and answer every message.

They print one JSON object a line: `sent <Action>` with what the gateway answered, `answered <Action>` with what it asked. PyPI's `ocpp` checks
both ways against its own copy of the schemas.
"""

import asyncio
import json
import sys

import websockets
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ocpp.routing import on

URL, CP_ID = sys.argv[1:3]


def say(step, **fields):
    print(json.dumps({"step": step, **fields}, default=lambda value: getattr(value, "__dict__", str(value))), flush=True)


def signing_request():
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CP_ID)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name)
    signed = request.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode()


def answering(charge_point, call_result, answers):
    """A charge point that prints what it is asked and answers from the table; an answer may be made from what is asked."""

    def handler_of(action):
        def handler(self, **asked):
            say(f"answered {action}", **{name: value for name, value in asked.items() if value is not None})
            answer = answers[action]
            return getattr(call_result, action)(**(answer(asked) if callable(answer) else answer))

        # `ocpp` finds handlers by their names.
        handler.__name__ = f"on_{action}"
        return on(action)(handler)

    return type("Charger", (charge_point,), {f"on_{action}": handler_of(action) for action in answers})


async def run(subprotocol, charger_class, send_all):
    """Sends everything, says `done`, then answers until it is killed."""
    async with websockets.connect(f"{URL}/{CP_ID}", subprotocols=[subprotocol]) as connection:
        charger = charger_class(CP_ID, connection)
        reading = asyncio.create_task(charger.start())

        async def send(request):
            answer = await charger.call(request, suppress=False)
            say(f"sent {type(request).__name__}", **answer.__dict__)
            return answer

        await send_all(send)
        say("done")
        await reading
