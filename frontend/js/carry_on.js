/** Send the form that waited while its sender showed who they are. */
export const carryOn = (form) => form?.submit();
