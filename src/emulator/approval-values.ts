/** The two columns of an approval and their values. */

export interface Approval {
  readonly emailrouteraccessapproval: number;
  readonly isemailaddressapprovedbyo365admin: boolean;
}

export const approvalStatus = { empty: 0, approved: 1, pending: 2, rejected: 3 } as const;

export function approvalOf(status: keyof typeof approvalStatus): Approval {
  return {
    emailrouteraccessapproval: approvalStatus[status],
    isemailaddressapprovedbyo365admin: status === 'approved',
  };
}
