"""A charger built on other people's code (PyPI `ocpp` and `websockets`): one session, then it waits for a remote start.

usage: charger.py URL CP_ID 1.6|2.0.1

Prints one JSON object a line: what the gateway answered, step by step. Ends with 0 when the remote start came.
"""

import asyncio
import json
import sys
from datetime import datetime, timedelta, timezone

import websockets
from ocpp.routing import on

URL, CP_ID, VERSION = sys.argv[1:4]
STARTED = datetime.now(timezone.utc) - timedelta(minutes=10)


def at(minutes):
    return (STARTED + timedelta(minutes=minutes)).isoformat()


def say(step, **fields):
    print(json.dumps({"step": step, **fields}, default=lambda value: getattr(value, "__dict__", str(value))), flush=True)


async def session_16(connection):
    from ocpp.v16 import ChargePoint, call, call_result

    remote_start = asyncio.Event()

    class Charger(ChargePoint):
        @on("RemoteStartTransaction")
        def on_remote_start(self, id_tag, **_):
            remote_start.set()
            return call_result.RemoteStartTransaction(status="Accepted")

    charger = Charger(CP_ID, connection)
    reading = asyncio.create_task(charger.start())
    boot = await charger.call(call.BootNotification(charge_point_model="Py", charge_point_vendor="PyPI"))
    say("boot", status=boot.status, interval=boot.interval)
    await charger.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Preparing", timestamp=at(0)))
    authorized = await charger.call(call.Authorize(id_tag="PYTAG16"))
    say("authorize", status=authorized.id_tag_info["status"])
    start = await charger.call(
        call.StartTransaction(connector_id=1, id_tag="PYTAG16", meter_start=1000, timestamp=at(1))
    )
    say("start", transaction_id=start.transaction_id, status=start.id_tag_info["status"])
    values = [
        {"value": "1500", "measurand": "Energy.Active.Import.Register", "unit": "Wh", "context": "Sample.Periodic"},
        {"value": "7.2", "measurand": "Power.Active.Import", "unit": "kW"},
    ]
    await charger.call(
        call.MeterValues(
            connector_id=1, transaction_id=start.transaction_id, meter_value=[{"timestamp": at(2), "sampledValue": values}]
        )
    )
    await charger.call(
        call.StopTransaction(transaction_id=start.transaction_id, meter_stop=3500, timestamp=at(5), reason="Local")
    )
    await charger.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Available", timestamp=at(6)))
    heartbeat = await charger.call(call.Heartbeat())
    say("stopped", transaction_id=str(start.transaction_id), current_time=heartbeat.current_time)
    await asyncio.wait_for(remote_start.wait(), 60)
    await asyncio.sleep(0.2)
    say("remote_start")
    reading.cancel()


async def session_201(connection):
    from ocpp.v201 import ChargePoint, call, call_result

    remote_start = asyncio.Event()

    class Charger(ChargePoint):
        @on("RequestStartTransaction")
        def on_remote_start(self, id_token, remote_start_id, **_):
            remote_start.set()
            return call_result.RequestStartTransaction(status="Accepted")

    def energy(wh, context):
        return [
            {
                "timestamp": at(2),
                "sampled_value": [
                    {
                        "value": wh / 1000,
                        "context": context,
                        "measurand": "Energy.Active.Import.Register",
                        "unit_of_measure": {"unit": "kWh"},
                    }
                ],
            }
        ]

    charger = Charger(CP_ID, connection)
    reading = asyncio.create_task(charger.start())
    boot = await charger.call(
        call.BootNotification(charging_station={"model": "Py", "vendor_name": "PyPI"}, reason="PowerUp")
    )
    say("boot", status=boot.status, interval=boot.interval)
    await charger.call(
        call.StatusNotification(timestamp=at(0), connector_status="Occupied", evse_id=1, connector_id=1)
    )
    token = {"id_token": "PYTAG201", "type": "ISO14443"}
    authorized = await charger.call(call.Authorize(id_token=token))
    say("authorize", status=authorized.id_token_info["status"])
    transaction = {"transaction_id": f"{CP_ID}-tx-1"}
    common = {"transaction_info": transaction, "evse": {"id": 1, "connector_id": 1}}
    start = await charger.call(
        call.TransactionEvent(
            event_type="Started",
            timestamp=at(1),
            trigger_reason="Authorized",
            seq_no=0,
            id_token=token,
            meter_value=energy(1000, "Transaction.Begin"),
            **common,
        )
    )
    say("start", transaction_id=transaction["transaction_id"], status=start.id_token_info["status"])
    await charger.call(
        call.TransactionEvent(
            event_type="Updated",
            timestamp=at(3),
            trigger_reason="MeterValuePeriodic",
            seq_no=1,
            meter_value=energy(1500, "Sample.Periodic"),
            **common,
        )
    )
    await charger.call(
        call.TransactionEvent(
            event_type="Ended",
            timestamp=at(5),
            trigger_reason="StopAuthorized",
            seq_no=2,
            meter_value=energy(3500, "Transaction.End"),
            **{**common, "transaction_info": {**transaction, "stopped_reason": "Local"}},
        )
    )
    heartbeat = await charger.call(call.Heartbeat())
    say("stopped", transaction_id=transaction["transaction_id"], current_time=heartbeat.current_time)
    await asyncio.wait_for(remote_start.wait(), 60)
    await asyncio.sleep(0.2)
    say("remote_start")
    reading.cancel()


async def main():
    subprotocol, session = {"1.6": ("ocpp1.6", session_16), "2.0.1": ("ocpp2.0.1", session_201)}[VERSION]
    async with websockets.connect(f"{URL}/{CP_ID}", subprotocols=[subprotocol]) as connection:
        assert connection.subprotocol == subprotocol, connection.subprotocol
        await asyncio.wait_for(session(connection), 120)


asyncio.run(main())
