import type { TestCase } from './test-case.ts';

/**
 * OCPP 2.0.1: the 252 cases with the CSMS under test, under the name of their block, in the order of the case list. M is mandatory,
 * C conditional (part 5 of 2023), T of a later edition or another profile's list.
 */
const LIST = `
Security
A_01 M Basic Authentication - Valid username/password combination
A_02 M Basic Authentication - Username does not equal ChargingStationId
A_03 M Basic Authentication - Invalid password
A_04 M TLS - server-side certificate - Valid certificate
A_06 M TLS - server-side certificate - TLS version too low
A_07 M TLS - Client-side certificate - valid certificate
A_08 M TLS - Client-side certificate - Invalid certificate
A_09 M Update Charging Station Password for HTTP Basic Authentication - Accepted
A_10 M Update Charging Station Password for HTTP Basic Authentication - Rejected
A_11 M Update Charging Station Certificate by request of CSMS - Success - Charging Station Certificate
A_12 T Update Charging Station Certificate by request of CSMS - Success - V2G Certificate
A_13 T Update Charging Station Certificate by request of CSMS - Success - Combined Certificate
A_14 M Update Charging Station Certificate by request of CSMS - Invalid certificate
A_19 M Upgrade Charging Station Security Profile - Accepted
Provisioning
B_01 M Cold Boot Charging Station - Accepted
B_02 C Cold Boot Charging Station - Pending
B_06 M Get Variables - single value
B_07 C Get Variables - multiple values
B_08 T Get Variables - limit to maximum number of values
B_09 M Set Variables - single value
B_10 C Set Variables - multiple values
B_12 C Get Base Report - ConfigurationInventory
B_13 C Get Base Report - FullInventory
B_14 T Get Base Report - SummaryInventory
B_18 T Get Custom Report - with componentCriteria and component/variables
B_20 M Reset Charging Station - Without ongoing transaction - OnIdle
B_21 M Reset Charging Station - With Ongoing Transaction - OnIdle
B_22 M Reset Charging Station - With Ongoing Transaction - Immediate
B_25 C Reset EVSE - Without ongoing transaction
B_26 C Reset EVSE - With Ongoing Transaction - OnIdle
B_27 C Reset EVSE - With Ongoing Transaction - Immediate
B_30 C Cold Boot Charging Station - Pending/Rejected - SecurityError
B_31 C Cold Boot Charging Station - Pending/Rejected - TriggerMessage
B_42 M Set new NetworkConnectionProfile - Accepted
B_44 M Set new NetworkConnectionProfile - Failed
B_58 T WebSocket Subprotocol validation
Authorization
C_02 M Local start transaction - Authorization Invalid/Unknown
C_06 M Local start transaction - Authorization Blocked
C_07 M Local start transaction - Authorization Expired
C_08 M Authorization through authorization cache - Accepted
C_20 M Authorization through authorization cache - Invalid
C_37 M Clear Authorization Data in Authorization Cache - Accepted
C_38 M Clear Authorization Data in Authorization Cache - Rejected
C_39 M Authorization by GroupId - Success
C_40 T Authorization by GroupId - Success with Local Authorization List
C_43 T Authorization by GroupId - Invalid status with Local Authorization List
C_47 M Stop Transaction with a Master Pass - With UI - All transactions
C_48 M Stop Transaction with a Master Pass - With UI - Specific transactions
C_49 M Stop Transaction with a Master Pass - Without UI
C_50 T Authorization using Contract Certificates 15118 - Online - Local contract certificate validation - Accepted
C_51 T Authorization using Contract Certificates 15118 - Online - Local contract certificate validation - Rejected
C_52 T Authorization using Contract Certificates 15118 - Online - Central contract certificate validation - Accepted
Local authorization list
D_01 T Send Local Authorization List - Full
D_02 T Send Local Authorization List - Differential Update
D_03 T Send Local Authorization List - Differential Remove
D_04 T Send Local Authorization List - Full with empty list
D_08 T Get Local List Version - Success
D_09 T Get Local List Version - No list available
Transactions
E_01 M Start transaction options - PowerPathClosed
E_02 M Start transaction options - EnergyTransfer
E_03 M Local start transaction - Cable plugin first - Success
E_04 M Local start transaction - Authorization first - Success
E_07 M Stop transaction options - PowerPathClosed - Local stop
E_08 M Stop transaction options - EnergyTransfer stopped - StopAuthorized
E_09 M Start transaction options - EVConnected
E_10 M Start transaction options - Authorized - Local
E_11 M Start transaction options - DataSigned
E_12 M Start transaction options - ParkingBayOccupied
E_14 M Stop transaction options - EVDisconnected - Charging Station side
E_15 M Stop transaction options - StopAuthorized - Local
E_16 M Stop transaction options - Deauthorized - Invalid idToken
E_17 M Stop transaction options - Deauthorized - EV side disconnect
E_19 M Stop transaction options - ParkingBayUnoccupied
E_20 M Stop transaction options - EVDisconnected - EV side (IEC 61851-1)
E_21 M Stop transaction options - StopAuthorized - Remote
E_22 M Stop transaction options - EnergyTransfer stopped - SuspendedEV
E_26 M Disconnect cable on EV-side - Suspend transaction
E_29 C Check Transaction status - Transaction with id ongoing - with message in queue
E_30 C Check Transaction status - Transaction with id ongoing - without message in queue
E_31 C Check Transaction status - Transaction with id ended - with message in queue
E_33 C Check Transaction status - Without transactionId - with message in queue
E_34 C Check Transaction status - Without transactionId - without message in queue
E_38 M Local start transaction - EV not ready
E_39 M Stop transaction options - Deauthorized - timeout
E_53 M Reset Sequence Number - CSMS accepting seqNo = 0 at start of transaction
Remote control
F_01 M Remote start transaction - Cable plugin first
F_02 M Remote start transaction - Remote start first - AuthorizeRemoteStart is true
F_03 M Remote start transaction - Remote start first - AuthorizeRemoteStart is false
F_04 M Remote start transaction - Remote start first - Cable plugin timeout
F_06 C Remote unlock Connector - Without ongoing transaction - Accepted
F_11 C Trigger message - MeterValues - Specific EVSE
F_12 C Trigger message - MeterValues - All EVSE
F_13 C Trigger message - TransactionEvent - Specific EVSE
F_14 C Trigger message - TransactionEvent - All EVSE
F_15 C Trigger message - LogStatusNotification - Idle
F_18 C Trigger message - FirmwareStatusNotification - Idle
F_20 M Trigger message - Heartbeat
F_23 C Trigger message - StatusNotification - Specific EVSE - Available
F_24 C Trigger message - StatusNotification - Specific EVSE - Occupied
F_27 M Trigger message - NotImplemented
Availability
G_03 M Change Availability EVSE - Operative to inoperative
G_04 M Change Availability EVSE - Inoperative to operative
G_05 M Change Availability Charging Station - Operative to inoperative
G_06 M Change Availability Charging Station - Inoperative to operative
G_07 M Change Availability Connector - Operative to inoperative
G_08 M Change Availability Connector - Inoperative to operative
G_11 M Change Availability EVSE - With ongoing transaction
G_14 M Change Availability Charging Station - With ongoing transaction
G_17 M Change Availability Connector - With ongoing transaction
G_20 M Connector status Notification - Lock Failure
Reservation
H_01 T Reserve a specific EVSE - Accepted - Valid idToken
H_07 T Reserve a specific EVSE - Reservation Ended / not used
H_08 T Reserve an unspecified EVSE - Accepted
H_14 T Reserve an unspecified EVSE - Amount of EVSEs available equals the amount of reservations
H_15 T Reserve a connector with a specific type - Success
H_17 T Cancel reservation of an EVSE - Success
H_19 T Reserve a specific EVSE - Use a reserved EVSE with GroupId
H_20 T Charging Station cancels reservation when Faulted
H_22 T Reserve a specific EVSE - Configured to Reject
Tariff and cost
I_01 T Show EV Driver running total cost during charging - costUpdatedRequest
I_02 T Show EV Driver Final Total Cost After Charging
Meter values
J_01 M Clock-aligned Meter Values - No transaction ongoing
J_02 M Clock-aligned Meter Values - Transaction ongoing
J_03 M Clock-aligned Meter Values - EventType Ended
J_04 M Clock-aligned Meter Values - Signed
J_07 M Sampled Meter Values - EventType Started - EVSE known
J_08 M Sampled Meter Values - Context Transaction.Begin - EVSE not known
J_09 M Sampled Meter Values - EventType Updated
J_10 M Sampled Meter Values - EventType Ended
J_11 M Sampled Meter Values - Signed
Smart charging
K_01 T Set Charging Profile - TxDefaultProfile - Specific EVSE
K_02 T Set Charging Profile - TxProfile without ongoing transaction on the specified EVSE
K_03 T Set Charging Profile - ChargingStationMaxProfile
K_04 T Replace charging profile - With chargingProfileId
K_05 T Clear Charging Profile - With chargingProfileId
K_06 T Clear Charging Profile - With stackLevel/purpose combination for one profile
K_08 T Clear Charging Profile - Without previous charging profile
K_10 T Set Charging Profile - TxDefaultProfile - All EVSE
K_15 T Set Charging Profile - Not Supported
K_19 T Set Charging Profile - ChargingProfileKind is Recurring
K_29 T Get Charging Profile - EvseId 0
K_30 T Get Charging Profile - EvseId > 0
K_31 T Get Charging Profile - No EvseId
K_32 T Get Charging Profile - chargingProfileId
K_33 T Get Charging Profile - EvseId > 0 + stackLevel
K_34 T Get Charging Profile - EvseId > 0 + chargingLimitSource
K_35 T Get Charging Profile - EvseId > 0 + chargingProfilePurpose
K_36 T Get Charging Profile - EvseId > 0 + chargingProfilePurpose + stackLevel
K_37 T Remote start transaction with charging profile - Success
K_43 T Get Composite Schedule - Specific EVSE
K_44 T Get Composite Schedule - Charging Station
K_48 T Set / Update External Charging Limit (not on a transaction)
K_50 T Reset / release external charging limit - Without ongoing transaction
K_51 T Reset / release external charging limit - With ongoing transaction
K_52 T Set / Update External Charging Limit - ChargingStationExternalConstraints in report
K_53 T Charging with load leveling based on High Level Communication - Success
K_55 T Charging with load leveling - EV charging profile exceeds limits
K_57 T Renegotiating a Charging Schedule - Initiated by EV
K_58 T Renegotiating a Charging Schedule - Initiated by CSMS
K_59 T Renegotiating a Charging Schedule - Initiated by CSMS - Send NotifyEVChargingNeeds
K_60 T Set Charging Profile - TxProfile with ongoing transaction on the specified EVSE
K_70 T Set Charging Profile - Multiple Profiles
Firmware
L_01 M Secure Firmware Update - Installation successful
L_02 C Secure Firmware Update - InstallScheduled
L_03 C Secure Firmware Update - DownloadScheduled
L_04 M Secure Firmware Update - RevokedCertificate
L_05 M Secure Firmware Update - InvalidCertificate
L_06 M Secure Firmware Update - InvalidSignature
L_07 M Secure Firmware Update - DownloadFailed
L_08 M Secure Firmware Update - InstallVerificationFailed
L_09 M Secure Firmware Update - InstallationFailed
L_10 M Secure Firmware Update - AcceptedCanceled
L_11 M Secure Firmware Update - Unable to cancel
L_13 M Secure Firmware Update - Ongoing transaction, AllowNewSessionsPendingFirmwareUpdate=false
L_17 T Publish Firmware - Published
L_19 T Publish Firmware - Invalid Checksum
L_20 T Publish Firmware - PublishFailed
L_21 T Unpublish Firmware - Unpublished
L_22 T Unpublish Firmware - NoFirmware
L_23 T Unpublish Firmware - Download Ongoing
L_24 T Publish Firmware - Download failed
Certificates
M_01 M Install CA certificate - CSMSRootCertificate
M_02 M Install CA certificate - ManufacturerRootCertificate
M_03 T Install CA certificate - V2GRootCertificate
M_04 T Install CA certificate - MORootCertificate
M_05 M Install CA certificate - Failed
M_12 T Retrieve certificates from Charging Station - CSMSRootCertificate
M_13 M Retrieve certificates from Charging Station - ManufacturerRootCertificate
M_14 T Retrieve certificates from Charging Station - V2GRootCertificate
M_15 T Retrieve certificates from Charging Station - V2GCertificateChain
M_16 T Retrieve certificates from Charging Station - MORootCertificate
M_17 T Retrieve certificates from Charging Station - CSMSRootCertificate & ManufacturerRootCertificate
M_18 M Retrieve certificates from Charging Station - All certificateTypes
M_19 M Retrieve certificates from Charging Station - No matching certificate found
M_20 M Delete a certificate from a Charging Station - Success
M_21 M Delete a certificate from a Charging Station - Failed
M_24 T Get Charging Station Certificate status - Success
M_26 T Certificate Installation EV - Success
M_28 T Certificate Update EV - Success
Diagnostics
N_01 T Get Monitoring Report - with monitoringCriteria
N_02 T Get Monitoring Report - with component/variable
N_03 T Get Monitoring Report - with component criteria and component/variable
N_05 T Set Monitoring Base - success
N_08 T Set Variable Monitoring - One SetMonitoringData element
N_09 T Set Variable Monitoring - Multiple elements on different component and variable
N_16 T Set Monitoring Level - Success
N_17 T Set Monitoring Level - Out of range
N_18 T Clear Monitoring - Too many elements
N_21 T Alert Event - HardWiredMonitor
N_24 T Set Variable Monitoring - Periodic event
N_25 M Retrieve Log Information - Diagnostics Log - Success
N_27 M Get Customer Information - Accepted + data
N_28 M Get Customer Information - Accepted + no data
N_29 M Get Customer Information - Not Accepted
N_30 M Clear Customer Information - Clear and report + data
N_31 M Clear Customer Information - Clear and report + no data
N_32 M Clear Customer Information - Clear and no report
N_34 M Retrieve Log Information - Rejected
N_35 M Retrieve Log Information - Security Log - Success
N_36 M Retrieve Log Information - Second Request
N_44 T Clear Monitoring - Rejected
N_46 T Clear Customer Information - Update Local Authorization List
N_47 T Get Monitoring report - Report all
N_48 T Alert Event - Variable monitoring on write only
N_49 T Alert Event - LowerThreshold/UpperThreshold cleared after reboot
N_50 T Alert Event - Periodic Triggered
N_60 T Get Monitoring Report - with component criteria and list of components/variables
N_62 C Clear Customer Information - Clear and report - customerIdentifier
N_63 T Clear Customer Information - Clear and report - customerCertificate
Display message
O_01 T Set Display Message - Success
O_02 T Get all Display Messages - Success
O_03 T Get all Display Messages - No DisplayMessages configured
O_04 T Clear Display Message - Success
O_05 T Clear Display Message - Unknown Key
O_06 T Set Display Message - Specific transaction - Success
O_07 T Get a Specific Display Message - Id
O_08 T Get a Specific Display Message - Priority
O_09 T Get a Specific Display Message - State
O_10 T Set Display Message - Specific transaction - UnknownTransaction
O_11 T Get a Specific Display Message - Unknown parameters
O_12 T Set Display Message - Replace DisplayMessage
O_13 T Set Display Message - Display message at StartTime
O_14 T Set Display Message - Remove message after EndTime
O_17 T Set Display Message - NotSupportedPriority
O_18 T Set Display Message - NotSupportedState
O_19 T Set Display Message - NotSupportedMessageFormat
O_25 T Set Display Message - Send Specific state
O_26 T Set Display Message - Rejected
O_27 T Set Display Message - Specific transaction - Display message at StartTime
O_28 T Set Display Message - Specific transaction - Remove message after EndTime
Data transfer
P_02 M Data Transfer to the CSMS - Rejected / Unknown VendorId / Unknown MessageId
P_03 M CustomData - Receive custom data
`;

const CASE = /^([A-P]_\d+) ([MCT]) (.+)$/;

export const CASES_V201: readonly TestCase[] = readList(LIST);

function readList(text: string): TestCase[] {
  let block = '';
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, id, grade, title] = CASE.exec(line) ?? [];
      if (id === undefined || title === undefined) {
        block = line;
        return [];
      }
      return [{ id, profile: `${block} (${grade})`, title }];
    });
}
