/** Of the bcrypt hashes in `charge_points`: about 60 ms on a server core, on threads of bcrypt's own. */
export const PASSWORD_COST = 10;
