/** Where the schemas bound no integer, firmware and our mirror still keep it in 32 bits. */
export const INT32_MAX = 2_147_483_647;
export const INT32_MIN = -2_147_483_648;
