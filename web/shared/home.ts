import type { Role } from './api-types';

/** Where a person works: judges in the dark room, organisers at their desk, everyone else at the contest. */
export function homeOf(roles: readonly Role[], contestSlug?: string | null): string {
  const desk = roles.find((role) => role.role === 'organiser') ?? roles.find((role) => role.role === 'admin');
  if (desk) {
    const slug = desk.contest ?? contestSlug;
    return slug ? `/organise/${slug}` : '/organise';
  }
  if (roles.some((role) => role.role === 'judge')) return '/judge';
  return contestSlug ? `/c/${contestSlug}` : '/';
}
