-- Somebody who reads: all tables and views, no other database, bounded in time, memory and rows. Give the role to a user:
-- CREATE USER analyst IDENTIFIED BY '…' DEFAULT ROLE {role};
CREATE SETTINGS PROFILE IF NOT EXISTS {role}_profile
SETTINGS readonly = 2, max_execution_time = 60 MAX 300, max_memory_usage = 8000000000 MAX 16000000000, max_rows_to_read = 5000000000 MAX 50000000000;

CREATE ROLE IF NOT EXISTS {role} SETTINGS PROFILE '{role}_profile';

GRANT SELECT ON {database}.* TO {role};

CREATE QUOTA IF NOT EXISTS {role}_quota KEYED BY user_name
FOR INTERVAL 1 HOUR MAX queries = 5000, execution_time = 3600
TO {role};
