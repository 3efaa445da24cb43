/** 13812345678 → 138****5678; an e-mail keeps its first letter and domain. */
export function maskContact(contact: string | null | undefined): string {
  if (!contact) return '';
  const at = contact.indexOf('@');
  if (at > 0) return `${contact.slice(0, 1)}***${contact.slice(at)}`;
  if (contact.length < 7) return `${contact.slice(0, 1)}***`;
  return `${contact.slice(0, 3)}****${contact.slice(-4)}`;
}
