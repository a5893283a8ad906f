"""A 1.6 charger built on other people's code (PyPI `ocpp`, `websockets`, `cryptography`): sends all 14 actions, answers all 26.

usage: every_message_16.py URL CP_ID
"""

import asyncio
from datetime import datetime, timezone

from ocpp.v16 import ChargePoint, call, call_result

from every_message import answering, run, signing_request

ACCEPTED = {"status": "Accepted"}
HASH = {"hash_algorithm": "SHA256", "issuer_name_hash": "aa", "issuer_key_hash": "bb", "serial_number": "01"}
SCHEDULE = {"charging_rate_unit": "A", "charging_schedule_period": [{"start_period": 0, "limit": 16.1}]}

# What is answered to each action, besides being printed.
ANSWERS = {
    "CancelReservation": ACCEPTED,
    "CertificateSigned": ACCEPTED,
    "ChangeAvailability": ACCEPTED,
    "ChangeConfiguration": ACCEPTED,
    "ClearCache": ACCEPTED,
    "ClearChargingProfile": ACCEPTED,
    "DataTransfer": {"status": "Accepted", "data": "pong"},
    "DeleteCertificate": ACCEPTED,
    "ExtendedTriggerMessage": ACCEPTED,
    "GetCompositeSchedule": {
        "status": "Accepted",
        "connector_id": 1,
        "schedule_start": "2026-03-01T10:00:00Z",
        "charging_schedule": SCHEDULE,
    },
    "GetConfiguration": {
        "configuration_key": [{"key": "NumberOfConnectors", "readonly": True, "value": "2"}],
        "unknown_key": ["NoSuchKey"],
    },
    "GetDiagnostics": {"file_name": "diagnostics.log"},
    "GetInstalledCertificateIds": {"status": "Accepted", "certificate_hash_data": [HASH]},
    "GetLocalListVersion": {"list_version": 3},
    "GetLog": {"status": "Accepted", "filename": "security.log"},
    "InstallCertificate": ACCEPTED,
    "RemoteStartTransaction": ACCEPTED,
    "RemoteStopTransaction": ACCEPTED,
    "ReserveNow": ACCEPTED,
    "Reset": ACCEPTED,
    "SendLocalList": ACCEPTED,
    "SetChargingProfile": ACCEPTED,
    "SignedUpdateFirmware": ACCEPTED,
    "TriggerMessage": ACCEPTED,
    "UnlockConnector": {"status": "Unlocked"},
    "UpdateFirmware": {},
}


def now():
    return datetime.now(timezone.utc).isoformat()


async def send_all(send):
    await send(call.BootNotification(charge_point_model="Py", charge_point_vendor="PyPI", firmware_version="1.0"))
    await send(call.StatusNotification(connector_id=1, error_code="NoError", status="Preparing", timestamp=now()))
    await send(call.Heartbeat())
    await send(call.Authorize(id_tag="PYEVERY"))
    start = await send(call.StartTransaction(connector_id=1, id_tag="PYEVERY", meter_start=100, timestamp=now()))
    sample = {"value": "200", "measurand": "Energy.Active.Import.Register", "unit": "Wh"}
    await send(
        call.MeterValues(
            connector_id=1,
            transaction_id=start.transaction_id,
            meter_value=[{"timestamp": now(), "sampledValue": [sample]}],
        )
    )
    await send(
        call.StopTransaction(transaction_id=start.transaction_id, meter_stop=300, timestamp=now(), reason="Local")
    )
    await send(call.DataTransfer(vendor_id="com.example.nobody", message_id="ping", data="x"))
    await send(call.DiagnosticsStatusNotification(status="Uploading"))
    await send(call.FirmwareStatusNotification(status="Downloading"))
    await send(call.LogStatusNotification(status="Uploading", request_id=7))
    await send(call.SecurityEventNotification(type="SettingSystemTime", timestamp=now(), tech_info="by NTP"))
    await send(call.SignCertificate(csr=signing_request()))
    await send(call.SignedFirmwareStatusNotification(status="Downloading", request_id=7))


asyncio.run(run("ocpp1.6", answering(ChargePoint, call_result, ANSWERS), send_all))
