import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { galleryModes } from '../../contests/contest.entity.js';

/** A whitelist for everybody: the author is named, as the winner list names them; nothing else of a person is in it. */
const galleryFile = z.object({
  kind: z.enum(['image', 'video']),
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  placeholder: z.string().nullable(),
  links: z.object({
    small: z.string().optional(),
    thumb: z.string().optional(),
    preview: z.string().optional(),
    poster: z.string().optional(),
    play: z.string().optional(),
  }),
});

const galleryWork = z.object({
  id: z.string().describe('Of the publication, not of the work'),
  title: z.string(),
  author: z.string(),
  prize: z.string(),
  category: z.string(),
  files: z.array(galleryFile),
});
export type GalleryWork = z.infer<typeof galleryWork>;

export class GalleryDto extends createZodDto(
  z.object({ shown: z.enum(galleryModes), works: z.array(galleryWork) }),
) {}

export class SetGalleryDto extends createZodDto(z.object({ shown: z.enum(galleryModes) })) {}

export class PublicationDto extends createZodDto(z.object({ published: z.boolean() })) {}
