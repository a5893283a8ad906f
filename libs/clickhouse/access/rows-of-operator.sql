-- This role sees the rows of charge points with the tag operator, as it is now. A row is seen when any policy of the user lets it.
CREATE ROW POLICY IF NOT EXISTS {role}_rows ON {database}.{table} FOR SELECT USING cp_id IN (SELECT cp_id FROM {database}.charge_points WHERE tags['operator'] = '{operator}') TO {role};
