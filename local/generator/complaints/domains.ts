/** The values that the sources share. In the real data each has an equal share. */

export const CATEGORIES = ['Technician Support', 'Network Failure', 'Router Delivery', 'Payments'] as const;
export type Category = (typeof CATEGORIES)[number];

export const STATUSES = ['Resolved', 'Backlog', 'In-Progress', 'Blocked'] as const;
export type Status = (typeof STATUSES)[number];

export const MEDIA_CHANNELS = ['Instagram', 'Twitter', 'Facebook', 'LinkedIn'] as const;

/** Of agents, as their sheet spells them. */
export const EXPERIENCES = ['intern', 'Junior', 'Mid-level', 'Senior'] as const;
export const AGENT_COUNT = 100;
export const FIRST_AGENT_ID = 1000;
