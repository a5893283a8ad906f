"""A 2.0.1 station built on other people's code (PyPI `ocpp`, `websockets`, `cryptography`): sends all 25 actions, answers all 40.

usage: every_message_201.py URL CP_ID
"""

import asyncio
from datetime import datetime, timezone

from ocpp.v201 import ChargePoint, call, call_result

from every_message import CP_ID, answering, run, signing_request

ACCEPTED = {"status": "Accepted"}
HASH = {"hash_algorithm": "SHA256", "issuer_name_hash": "aa", "issuer_key_hash": "bb", "serial_number": "01"}
COMPONENT = {"name": "OCPPCommCtrlr"}
VARIABLE = {"name": "HeartbeatInterval"}
TOKEN = {"id_token": "PYEVERY", "type": "ISO14443"}
PERIODS = [{"start_period": 0, "limit": 16.1}]
SCHEDULE = {"id": 1, "charging_rate_unit": "A", "charging_schedule_period": PERIODS}
PROFILE = {
    "id": 7,
    "stack_level": 0,
    "charging_profile_purpose": "ChargingStationExternalConstraints",
    "charging_profile_kind": "Absolute",
    "charging_schedule": [SCHEDULE],
}


def now():
    return datetime.now(timezone.utc).isoformat()


def variable_results(asked, name, **more):
    return [
        {
            "attribute_status": "Accepted",
            "component": each["component"],
            "variable": each["variable"],
            **more,
        }
        for each in asked[name]
    ]


def monitoring_results(asked):
    return [
        {
            "id": 11,
            "status": "Accepted",
            "type": each["type"],
            "severity": each["severity"],
            "component": each["component"],
            "variable": each["variable"],
        }
        for each in asked["set_monitoring_data"]
    ]


# What is answered to each action, besides being printed.
ANSWERS = {
    "CancelReservation": ACCEPTED,
    "CertificateSigned": ACCEPTED,
    "ChangeAvailability": ACCEPTED,
    "ClearCache": ACCEPTED,
    "ClearChargingProfile": ACCEPTED,
    "ClearDisplayMessage": ACCEPTED,
    "ClearVariableMonitoring": lambda asked: {
        "clear_monitoring_result": [{"id": each, "status": "Accepted"} for each in asked["id"]]
    },
    "CostUpdated": {},
    "CustomerInformation": ACCEPTED,
    "DataTransfer": {"status": "Accepted", "data": "pong"},
    "DeleteCertificate": ACCEPTED,
    "GetBaseReport": ACCEPTED,
    "GetChargingProfiles": ACCEPTED,
    "GetCompositeSchedule": {
        "status": "Accepted",
        "schedule": {
            "evse_id": 1,
            "duration": 3600,
            "schedule_start": "2026-03-01T10:00:00Z",
            "charging_rate_unit": "A",
            "charging_schedule_period": PERIODS,
        },
    },
    "GetDisplayMessages": ACCEPTED,
    "GetInstalledCertificateIds": {
        "status": "Accepted",
        "certificate_hash_data_chain": [
            {"certificate_type": "CSMSRootCertificate", "certificate_hash_data": HASH},
        ],
    },
    "GetLocalListVersion": {"version_number": 3},
    "GetLog": {"status": "Accepted", "filename": "security.log"},
    "GetMonitoringReport": ACCEPTED,
    "GetReport": ACCEPTED,
    "GetTransactionStatus": {"messages_in_queue": False, "ongoing_indicator": False},
    "GetVariables": lambda asked: {
        "get_variable_result": variable_results(asked, "get_variable_data", attribute_value="300")
    },
    "InstallCertificate": ACCEPTED,
    "PublishFirmware": ACCEPTED,
    "RequestStartTransaction": ACCEPTED,
    "RequestStopTransaction": ACCEPTED,
    "ReserveNow": ACCEPTED,
    "Reset": ACCEPTED,
    "SendLocalList": ACCEPTED,
    "SetChargingProfile": ACCEPTED,
    "SetDisplayMessage": ACCEPTED,
    "SetMonitoringBase": ACCEPTED,
    "SetMonitoringLevel": ACCEPTED,
    "SetNetworkProfile": ACCEPTED,
    "SetVariableMonitoring": lambda asked: {"set_monitoring_result": monitoring_results(asked)},
    "SetVariables": lambda asked: {"set_variable_result": variable_results(asked, "set_variable_data")},
    "TriggerMessage": ACCEPTED,
    "UnlockConnector": {"status": "Unlocked"},
    "UnpublishFirmware": {"status": "Unpublished"},
    "UpdateFirmware": ACCEPTED,
}


async def send_all(send):
    await send(
        call.BootNotification(charging_station={"model": "Py", "vendor_name": "PyPI", "firmware_version": "1.0"}, reason="PowerUp")
    )
    await send(call.StatusNotification(timestamp=now(), connector_status="Available", evse_id=1, connector_id=1))
    await send(call.Heartbeat())
    await send(call.Authorize(id_token=TOKEN))
    reading = [
        {
            "timestamp": now(),
            "sampled_value": [{"value": 1.2, "measurand": "Energy.Active.Import.Register", "unit_of_measure": {"unit": "kWh"}}],
        }
    ]
    transaction = {"transaction_id": f"{CP_ID}-tx"}
    common = {"evse": {"id": 1, "connector_id": 1}, "meter_value": reading}
    await send(
        call.TransactionEvent(
            event_type="Started", timestamp=now(), trigger_reason="Authorized", seq_no=0, transaction_info=transaction, id_token=TOKEN, **common
        )
    )
    await send(call.MeterValues(evse_id=1, meter_value=reading))
    await send(call.NotifyChargingLimit(charging_limit={"charging_limit_source": "EMS"}, charging_schedule=[SCHEDULE], evse_id=1))
    await send(call.ClearedChargingLimit(charging_limit_source="EMS", evse_id=1))
    await send(
        call.NotifyEVChargingNeeds(
            evse_id=1,
            charging_needs={
                "requested_energy_transfer": "AC_three_phase",
                "ac_charging_parameters": {
                    "energy_amount": 20000,
                    "ev_min_current": 6,
                    "ev_max_current": 32,
                    "ev_max_voltage": 230,
                },
            },
        )
    )
    await send(call.NotifyEVChargingSchedule(time_base=now(), charging_schedule=SCHEDULE, evse_id=1))
    await send(
        call.TransactionEvent(
            event_type="Ended",
            timestamp=now(),
            trigger_reason="StopAuthorized",
            seq_no=1,
            transaction_info={**transaction, "stopped_reason": "Local"},
            **common,
        )
    )
    await send(call.DataTransfer(vendor_id="com.example.nobody", message_id="ping", data="x"))
    await send(
        call.NotifyReport(
            request_id=21,
            generated_at=now(),
            seq_no=0,
            report_data=[
                {
                    "component": COMPONENT,
                    "variable": VARIABLE,
                    "variable_attribute": [{"type": "Actual", "value": "300", "mutability": "ReadWrite"}],
                    "variable_characteristics": {"data_type": "integer", "supports_monitoring": False},
                }
            ],
        )
    )
    await send(
        call.NotifyMonitoringReport(
            request_id=22,
            generated_at=now(),
            seq_no=0,
            monitor=[
                {
                    "component": COMPONENT,
                    "variable": VARIABLE,
                    "variable_monitoring": [
                        {"id": 1, "transaction": False, "value": 5.0, "type": "UpperThreshold", "severity": 5}
                    ],
                }
            ],
        )
    )
    await send(
        call.NotifyEvent(
            generated_at=now(),
            seq_no=0,
            event_data=[
                {
                    "event_id": 1,
                    "timestamp": now(),
                    "trigger": "Alerting",
                    "actual_value": "true",
                    "event_notification_type": "HardWiredNotification",
                    "component": {"name": "ConnectorPlugRetentionLock", "evse": {"id": 1, "connector_id": 1}},
                    "variable": {"name": "Problem"},
                }
            ],
        )
    )
    await send(call.NotifyCustomerInformation(data="nothing", seq_no=0, generated_at=now(), request_id=23))
    await send(
        call.NotifyDisplayMessages(
            request_id=24,
            message_info=[{"id": 3, "priority": "InFront", "message": {"format": "UTF8", "content": "Hello"}}],
        )
    )
    await send(
        call.ReportChargingProfiles(request_id=25, charging_limit_source="SO", charging_profile=[PROFILE], evse_id=1)
    )
    await send(call.ReservationStatusUpdate(reservation_id=9, reservation_update_status="Expired"))
    await send(call.FirmwareStatusNotification(status="Downloading", request_id=26))
    await send(call.PublishFirmwareStatusNotification(status="Published", location=["https://local/fw"], request_id=27))
    await send(call.LogStatusNotification(status="Uploading", request_id=28))
    await send(call.SecurityEventNotification(type="SettingSystemTime", timestamp=now(), tech_info="by NTP"))
    await send(call.SignCertificate(csr=signing_request(), certificate_type="ChargingStationCertificate"))
    await send(call.Get15118EVCertificate(iso15118_schema_version="urn:iso:15118:2:2013:MsgDef", action="Install", exi_request="AAAA"))
    # Nobody listens there.
    await send(call.GetCertificateStatus(ocsp_request_data={**HASH, "responder_url": "http://127.0.0.1:9/"}))


asyncio.run(run("ocpp2.0.1", answering(ChargePoint, call_result, ANSWERS), send_all))
