const KEPT = "cytoplane.organization";
export const lastOrganization = () => localStorage.getItem(KEPT);
export const rememberOrganization = (org: string) => localStorage.setItem(KEPT, org);
