import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CodePoints } from './colour-spaces.js';
import { DecodeError } from './errors.js';
import { reasonIn } from './reasons.js';

/**
 * libheif (with libde265) as WebAssembly, through its C interface, of which these are the functions in use.
 * Pointers are numbers; a `heif_error`, which C returns by value, is written to the address given first.
 */
interface Libheif {
  /** All memory there is. Replaced whenever it grows: never keep it across a call. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_number_of_items(context: number): number;
  _heif_context_get_list_of_item_IDs(context: number, ids: number, most: number): number;
  _heif_item_get_item_type(context: number, id: number): number;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_get_luma_bits_per_pixel(handle: number): number;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_is_premultiplied_alpha(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, profile: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, nclx: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
}

/** The part of the global that is used: TypeScript knows it only where it knows browsers. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
};
type Instance = InstanceType<typeof WebAssembly.Instance>;

interface StartOptions {
  instantiateWasm: (imports: object, receive: (instance: Instance) => void) => object;
  print: (line: string) => void;
  printErr: (line: string) => void;
}

const require = createRequire(import.meta.url);
const start = require('libheif-js/libheif-wasm/libheif.js') as (options: StartOptions) => Libheif;
const compiled = new WebAssembly.Module(
  readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm')),
);

/** What a HEIF file says of its main picture, as it hangs: turned, mirrored and cropped. */
export interface HeifPicture {
  /** How its pixels are coded, whatever the file's brand says; null for a way that nobody here can decode. */
  codec: 'hevc' | 'av1' | null;
  width: number;
  height: number;
  hasAlpha: boolean;
  /** Colours are multiplied by alpha already. */
  premultiplied: boolean;
  icc: Buffer | null;
  /** What the file says of its colours besides; null where it says nothing. */
  codePoints: CodePoints | null;
  decode: () => HeifPixels;
}

/** Interleaved rows of RGB, or RGBA where the picture has alpha; more than 8 bits in two bytes, low byte first. */
export interface HeifPixels {
  width: number;
  height: number;
  bits: number;
  /** From one row to the next, in bytes. */
  stride: number;
  rows: Uint8Array;
}

/** heif.h: enum heif_colorspace, heif_chroma, heif_channel. */
const colorspaceRgb = 1;
const chroma = { rgb8: 10, rgba8: 11, rgb16: 14, rgba16: 15 } as const;
const channelInterleaved = 10;
/** heif.h, enum heif_suberror_code: codecs and kinds of item that are not known here. */
const unsupportedKinds = [3000, 3001, 6003];
/** heif.h: byte offset in struct heif_decoding_options. */
const strictDecodingAt = 21;
/** heif.h: the same in struct heif_color_profile_nclx. */
const primariesAt = 4;
const transferAt = 8;
const noColourProfile = 10;

/**
 * Opens a HEIF file in a memory of its own: whatever a file does to its decoder, the next one begins anew.
 * @throws {DecodeError} MEDIA.HEIC_UNSUPPORTED where it holds another codec than HEVC, or features unknown here.
 */
export function openHeif(file: Uint8Array): HeifPicture {
  const heif = start({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      receive(instance);
      return instance.exports;
    },
    print: () => undefined,
    printErr: () => undefined,
  });
  const { call, read, allocate } = callsTo(heif);

  const bytes = allocate(file.length);
  heif.HEAPU8.set(file, bytes);
  const context = heif._heif_context_alloc();
  call((error) => heif._heif_context_read_from_memory_without_copy(error, context, bytes, file.length, 0));
  const handle = read((error, out) => heif._heif_context_get_primary_image_handle(error, context, out));
  const hasAlpha = heif._heif_image_handle_has_alpha_channel(handle) !== 0;

  return {
    codec: codec(),
    width: heif._heif_image_handle_get_width(handle),
    height: heif._heif_image_handle_get_height(handle),
    hasAlpha,
    premultiplied: heif._heif_image_handle_is_premultiplied_alpha(handle) !== 0,
    icc: profile(),
    codePoints: codePoints(),
    decode,
  };

  /** By the types of the file's items, because the main one may be a grid of others. */
  function codec(): HeifPicture['codec'] {
    const count = heif._heif_context_get_number_of_items(context);
    const ids = allocate(4 * count);
    heif._heif_context_get_list_of_item_IDs(context, ids, count);
    const memory = memoryOf(heif);
    const types = Array.from({ length: count }, (_, index) =>
      heif._heif_item_get_item_type(context, memory.getUint32(ids + 4 * index, true)),
    );
    if (types.includes(fourCC('hvc1'))) return 'hevc';
    return types.includes(fourCC('av01')) ? 'av1' : null;
  }

  function profile(): Buffer | null {
    const length = heif._heif_image_handle_get_raw_color_profile_size(handle);
    if (length === 0) return null;
    const at = allocate(length);
    call((error) => heif._heif_image_handle_get_raw_color_profile(error, handle, at));
    return Buffer.from(heif.HEAPU8.subarray(at, at + length));
  }

  function codePoints(): CodePoints | null {
    try {
      const at = read((error, out) => heif._heif_image_handle_get_nclx_color_profile(error, handle, out));
      const memory = memoryOf(heif);
      return {
        primaries: memory.getUint32(at + primariesAt, true),
        transfer: memory.getUint32(at + transferAt, true),
      };
    } catch (error) {
      if (error instanceof HeifError && error.heifCode === noColourProfile) return null;
      throw error;
    }
  }

  function decode(): HeifPixels {
    const deep = heif._heif_image_handle_get_luma_bits_per_pixel(handle) > 8;
    const layout = `${hasAlpha ? 'rgba' : 'rgb'}${deep ? '16' : '8'}` as const;
    const options = heif._heif_decoding_options_alloc();
    // Else a tile that cannot be decoded would be left out without a word.
    heif.HEAPU8[options + strictDecodingAt] = 1;
    const image = read((error, out) =>
      heif._heif_decode_image(error, handle, out, colorspaceRgb, chroma[layout], options),
    );
    const width = heif._heif_image_get_width(image, channelInterleaved);
    const height = heif._heif_image_get_height(image, channelInterleaved);
    const strideAt = allocate(4);
    const at = heif._heif_image_get_plane_readonly2(image, channelInterleaved, strideAt);
    const stride = memoryOf(heif).getUint32(strideAt, true);
    return {
      width,
      height,
      bits: heif._heif_image_get_bits_per_pixel_range(image, channelInterleaved),
      stride,
      rows: heif.HEAPU8.subarray(at, at + stride * height),
    };
  }
}

const fourCC = (text: string): number => Buffer.from(text, 'latin1').readInt32BE();

const memoryOf = ({ HEAPU8 }: Libheif) => new DataView(HEAPU8.buffer);

/** Calls in C's manner. Nothing is ever freed: the memory goes as a whole with the picture. */
function callsTo(heif: Libheif) {
  const allocate = (bytes: number): number => {
    const at = heif._malloc(bytes);
    if (at === 0) throw new DecodeError('MEDIA.TOO_LARGE_FOR_MEMORY', `no ${bytes} bytes left in libheif`);
    return at;
  };
  const error = allocate(12);
  const out = allocate(4);

  const call = (work: (error: number) => void): void => {
    work(error);
    const memory = memoryOf(heif);
    const [errorCode = 0, kind = 0, textAt = 0] = [0, 4, 8].map((field) =>
      memory.getUint32(error + field, true),
    );
    if (errorCode === 0) return;
    throw new HeifError(errorCode, kind, textFrom(heif.HEAPU8, textAt));
  };
  const read = (work: (error: number, out: number) => void): number => {
    call((at) => work(at, out));
    return memoryOf(heif).getUint32(out, true);
  };
  return { allocate, call, read };
}

class HeifError extends DecodeError {
  constructor(
    readonly heifCode: number,
    kind: number,
    text: string,
  ) {
    const known = unsupportedKinds.includes(kind)
      ? 'MEDIA.HEIC_UNSUPPORTED'
      : reasonIn(text, 'MEDIA.UNREADABLE');
    super(known, `libheif ${heifCode}.${kind}: ${text}`);
  }
}

/** A C string, cut where it would fill the log. */
function textFrom(memory: Uint8Array, at: number): string {
  const bytes = memory.subarray(at, at + 200);
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1');
}
