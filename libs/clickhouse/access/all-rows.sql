-- This role sees every row, whatever other roles are kept to.
CREATE ROW POLICY IF NOT EXISTS {role}_rows ON {database}.{table} FOR SELECT USING 1 TO {role};
