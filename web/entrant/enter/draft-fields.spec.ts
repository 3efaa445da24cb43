import { describe, expect, it } from '@jest/globals';
import type { Account, Contest, Submission } from '../../shared/api-types';
import { changedFields, emptyForm, fieldsOf, formOf, savedOf, typedSince } from './draft-fields';

const contest = {
  communities: [
    { id: 'c1', name: '东湖社区', street: '嵩山路街道' },
    { id: 'c9', name: '其他', street: '' },
  ],
} as unknown as Contest;
const account: Account = {
  id: 'a',
  name: '王小燕',
  phone: '13800000001',
  email: null,
  mustChangePassword: false,
};
const work = (changes: Partial<Submission>) =>
  ({
    title: '归途',
    story: '',
    community: null,
    subject: null,
    author: { name: account.name, phone: account.phone },
    takenOn: null,
    takenPlace: '',
    douyinText: '',
    authorAgreedAt: null,
    ...changes,
  }) as Submission;

describe('formOf', () => {
  it('finds the account again as the author', () => {
    expect(formOf(work({}), contest, account).authorIs).toBe('self');
    const other = formOf(
      work({ author: { id: 'a', name: '欧阳修远', phone: '13900000000' } }),
      contest,
      account,
    );
    expect(other).toMatchObject({ authorIs: 'other', authorName: '欧阳修远', authorPhone: '13900000000' });
  });

  it('shows a written community name under 其他', () => {
    const form = formOf(work({ community: { id: 'c9', name: '响水村' } }), contest, account);
    expect(form).toMatchObject({ communityId: 'c9', communityName: '响水村' });
    expect(formOf(work({ community: { id: 'c9', name: '其他' } }), contest, account).communityName).toBe('');
  });
});

describe('fieldsOf', () => {
  it('keeps a half-typed author back', () => {
    const form = { ...emptyForm(), authorIs: 'other' as const, authorName: '欧阳', authorPhone: '139' };
    expect(fieldsOf(form, contest, account).author).toBeUndefined();
    expect(fieldsOf({ ...form, authorPhone: '13900000000' }, contest, account).author).toEqual({
      name: '欧阳',
      phone: '13900000000',
    });
  });

  it('says that the author agreed only of somebody else', () => {
    const other = {
      authorIs: 'other' as const,
      authorName: '欧阳',
      authorPhone: '13900000000',
      authorAgreed: true,
    };
    expect(fieldsOf({ ...emptyForm(), ...other }, contest, account).authorAgreed).toBe(true);
    expect(fieldsOf({ ...emptyForm(), ...other, authorIs: 'self' }, contest, account).authorAgreed).toBe(
      false,
    );
  });

  it('sends a written name only with 其他', () => {
    const form = { ...emptyForm(), communityId: 'c1', communityName: '响水村' };
    expect(fieldsOf(form, contest, account).communityName).toBe('');
    expect(fieldsOf({ ...form, communityId: 'c9' }, contest, account).communityName).toBe('响水村');
  });
});

describe('changedFields', () => {
  it('names only what differs, and the community always with its written name', () => {
    const saved = fieldsOf({ ...emptyForm(), communityId: 'c9', communityName: '响水' }, contest, account);
    const next = { ...saved, title: '归途', communityName: '响水村' };
    expect(changedFields(next, saved)).toEqual({ title: '归途', community: 'c9', communityName: '响水村' });
    expect(changedFields(saved, saved)).toEqual({});
  });
});

describe('savedOf', () => {
  it('leaves out an author who was not whole', () => {
    const sent = { ...emptyForm(), title: '归途', authorIs: 'other' as const, authorName: '欧阳' };
    expect(savedOf(sent, emptyForm(), {})).toEqual({ ...emptyForm(), title: '归途' });
    expect(savedOf(sent, emptyForm(), { author: { name: '欧阳', phone: '1' } })).toEqual(sent);
  });
});

describe('typedSince', () => {
  const kept = (form: object, before: object = {}) => ({
    category: 'photo',
    form: { ...emptyForm(), ...form },
    before: { ...emptyForm(), ...before },
  });

  it('finds the fields that the server does not have, cleared ones too', () => {
    const typed = typedSince(kept({ title: '归途', story: '' }, { story: '旧的' }));
    expect(typed).toEqual({ title: '归途', story: '' });
  });

  it('finds nothing where all was saved, and in whatever is no form', () => {
    expect(typedSince(kept({ title: '归途' }, { title: '归途' }))).toBeNull();
    for (const other of [null, 1, '', [], {}, { form: {} }, { category: 'x', form: null, before: {} }]) {
      expect(typedSince(other)).toBeNull();
    }
    expect(typedSince(kept({ title: 5, unheard: '?' }))).toBeNull();
  });
});
