-- 2.0.1 stations ask for certificates of two kinds.
ALTER TABLE certificate_signing_requests
    ADD COLUMN IF NOT EXISTS certificate_type LowCardinality(String) COMMENT 'ChargingStationCertificate or V2GCertificate; empty for the station''s own in 1.6';
