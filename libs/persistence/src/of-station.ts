/** Condition on a mirror's rows, the identity being $1 in any letter case: rows carry the spelling of the registration. */
export const OF_STATION = 'cp_id = (SELECT cp_id FROM charge_points WHERE lower(cp_id) = lower($1))';
