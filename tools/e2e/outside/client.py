"""A backend of a team that uses Python: the client is made from docs/api/openapi.json.

client.py FOLDER_OF_THE_CLIENT BASE_URL TOKEN CP_ID
"""

import json
import sys
import uuid

folder, base_url, token, cp_id = sys.argv[1:]
sys.path.insert(0, folder)

from gateway_client import AuthenticatedClient  # noqa: E402
from gateway_client.api.charge_points import get_charge_point, list_charge_points  # noqa: E402
from gateway_client.api.charging import remote_start  # noqa: E402
from gateway_client.api.command_log import get_command  # noqa: E402
from gateway_client.models import Problem, RemoteStartRequest  # noqa: E402

client = AuthenticatedClient(base_url=base_url, token=token)


def step(name: str, **said: object) -> None:
    print(json.dumps({"step": name, **said}), flush=True)


page = list_charge_points.sync(client=client, limit=500)
step("listed", known=any(item.cp_id == cp_id for item in page.items))

answer = remote_start.sync(
    cp_id,
    client=client,
    body=RemoteStartRequest(id_token="PYCLIENT", evse_id=1),
    idempotency_key=str(uuid.uuid4()),
)
step("started", status=answer.status, action=answer.action)

command = get_command.sync(uuid.UUID(answer.command_id), client=client)
step("read", state=command.state, request=command.request.to_dict())

unknown = get_charge_point.sync("NOBODY", client=client)
step("unknown", problem=isinstance(unknown, Problem), type=unknown.type_)
