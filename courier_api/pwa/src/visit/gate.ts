/** The component under which the gate of a house is photographed where nobody opens: no page of any paper. */
export const GATE = "gate_photo";
