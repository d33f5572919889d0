/** What stands for a credential. */
export const hidden = '***'
