import { describe, expect, it } from '@jest/globals';
import {
  aigcLabel,
  box,
  digitalSource,
  manifestBox,
  manifestStore,
  movieTags,
  pngChunk,
  pngLongText,
  pngText,
  samsungTrailer,
  tiff,
  withExifSegment,
  withManifest,
  withPngChunks,
  withWebpChunks,
  withXmpSegment,
  xmp,
  type ManifestWords,
} from '../../../../test/fixtures/metadata.js';
import { withSegment } from '../../../../test/fixtures/bad-media.js';
import { bufferBytes } from './bytes.js';
import { factsIn } from './index.js';

const jpeg = Buffer.from('ffd8ffda0002ffd9', 'hex');
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  pngChunk('IHDR', Buffer.alloc(13)),
  pngChunk('IDAT', Buffer.alloc(20_000)),
  pngChunk('IEND', Buffer.alloc(0)),
]);
const webp = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
const ftyp = box('ftyp', Buffer.from('isom'));

const provenance = (file: Buffer, mime = 'image/jpeg') => factsIn(bufferBytes(file), mime).provenance;
const ofXmp = (attributes: string, elements = '') =>
  provenance(withXmpSegment(jpeg, xmp(attributes, elements)));
const none = { c2pa: false, ai: null, mark: null, generator: null };

const made: ManifestWords = {
  generator: 'ChatGPT',
  actions: [{ action: 'c2pa.created', digitalSourceType: digitalSource('trainedAlgorithmicMedia') }],
};
const photographed: ManifestWords = {
  generator: 'Leica M11-P',
  actions: [{ action: 'c2pa.created', digitalSourceType: digitalSource('digitalCapture') }],
};

describe('content credentials', () => {
  it('are found in every container that may hold them', () => {
    const store = manifestStore(made);
    const files: Array<[string, Buffer]> = [
      ['image/jpeg', withManifest(jpeg, store)],
      ['image/png', withPngChunks(png, [pngChunk('caBX', store)])],
      [
        'image/webp',
        withWebpChunks(webp, [
          ['VP8 ', Buffer.alloc(9001)],
          ['C2PA', store],
        ]),
      ],
      ['image/tiff', tiff({ main: { 0xcd41: store } })],
      ['image/heic', Buffer.concat([ftyp, manifestBox(store), box('mdat', Buffer.alloc(5000))])],
      ['image/avif', Buffer.concat([ftyp, box('mdat', Buffer.alloc(5000)), manifestBox(store)])],
      ['video/mp4', Buffer.concat([ftyp, manifestBox(store), box('mdat', Buffer.alloc(5000))])],
    ];
    for (const [mime, file] of files) {
      expect({ mime, ...provenance(file, mime) }).toEqual({
        mime,
        c2pa: true,
        ai: 'generated',
        mark: 'C2PA',
        generator: 'ChatGPT',
      });
    }
  });

  it('of a camera say nothing of a model', () => {
    expect(provenance(withManifest(jpeg, manifestStore(photographed)))).toEqual({
      c2pa: true,
      ai: null,
      mark: null,
      generator: 'Leica M11-P',
    });
  });

  it('tell a picture changed by a model, or with one in it, from one made by it', () => {
    const composed: ManifestWords = {
      generator: 'Adobe Photoshop',
      actions: [
        { action: 'c2pa.opened' },
        { action: 'c2pa.edited', digitalSourceType: digitalSource('compositeWithTrainedAlgorithmicMedia') },
      ],
    };
    const cropped: ManifestWords = {
      generator: 'Adobe Photoshop',
      actions: [{ action: 'c2pa.opened' }, { action: 'c2pa.cropped' }],
    };
    const placed: ManifestWords = {
      generator: 'Adobe Express',
      actions: [{ action: 'c2pa.created' }, { action: 'c2pa.placed' }],
    };
    const ai = (...manifests: ManifestWords[]) =>
      provenance(withManifest(jpeg, manifestStore(...manifests))).ai;
    expect(ai(photographed, composed)).toBe('edited');
    expect(ai(made, cropped)).toBe('generated');
    expect(ai(made, placed)).toBe('edited');
    expect(ai(photographed, cropped)).toBeNull();
  });

  it('that are damaged are still there, and say nothing', () => {
    const store = manifestStore(made);
    expect(
      provenance(withPngChunks(png, [pngChunk('caBX', store.subarray(0, 500))]), 'image/png'),
    ).toMatchObject({ c2pa: true, ai: null });
    expect(provenance(withPngChunks(png, [pngChunk('caBX', Buffer.alloc(500, 7))]), 'image/png')).toEqual(
      none,
    );
  });
});

describe('the digital source type', () => {
  it.each([
    ['trainedAlgorithmicMedia', 'generated'],
    ['compositeWithTrainedAlgorithmicMedia', 'edited'],
    ['compositeSynthetic', 'edited'],
    ['digitalCapture', null],
    ['computationalCapture', null],
    ['algorithmicMedia', null],
  ] as const)('%s means %s', (name, ai) => {
    expect(ofXmp(`Iptc4xmpExt:DigitalSourceType="${digitalSource(name)}"`).ai).toBe(ai);
    expect(
      ofXmp('', `<Iptc4xmpExt:DigitalSourceType>${digitalSource(name)}</Iptc4xmpExt:DigitalSourceType>`).ai,
    ).toBe(ai);
  });

  it('is found under any prefix and in XMP of any container', () => {
    const packet = xmp('')
      .replace('xmlns:Iptc4xmpExt', 'xmlns:ext')
      .replace(
        'rdf:about=""',
        `rdf:about="" ext:DigitalSourceType='${digitalSource('trainedAlgorithmicMedia')}'`,
      );
    expect(provenance(withXmpSegment(jpeg, packet))).toEqual({ ...none, ai: 'generated', mark: 'IPTC' });
    expect(provenance(withPngChunks(png, [pngLongText('XML:com.adobe.xmp', packet)]), 'image/png').ai).toBe(
      'generated',
    );
    expect(provenance(withWebpChunks(webp, [['XMP ', Buffer.from(packet)]]), 'image/webp').ai).toBe(
      'generated',
    );
    expect(provenance(tiff({ main: { 0x02bc: Buffer.from(packet) } }), 'image/tiff').ai).toBe('generated');
    const uuid = box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(packet));
    expect(provenance(Buffer.concat([ftyp, uuid]), 'video/mp4').ai).toBe('generated');
  });
});

describe('China’s mandatory label', () => {
  const escaped = (label: string) => label.replaceAll('"', '&quot;');

  it('is found wherever services put it', () => {
    const label = aigcLabel('1', '某某AI');
    const found = { ...none, ai: 'generated', mark: 'AIGC', generator: '某某AI' };
    expect(ofXmp(`TC260:AIGC="${escaped(label)}"`)).toEqual(found);
    expect(ofXmp('', `<TC260:AIGC>${escaped(label)}</TC260:AIGC>`)).toEqual(found);
    expect(provenance(withPngChunks(png, [pngText('AIGC', label)], 'back'), 'image/png')).toEqual(found);
    expect(provenance(withPngChunks(png, [pngLongText('AIGC', label)]), 'image/png')).toEqual(found);
    const comment = (text: Buffer) => provenance(withExifSegment(jpeg, tiff({ exif: { 0x9286: text } })));
    expect(comment(Buffer.from(`ASCII\0\0\0{"AIGC":${label}}`))).toEqual(found);
    expect(comment(Buffer.from(label))).toEqual(found);
    expect(
      comment(Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(`{"AIGC":${label}}`, 'utf16le')])),
    ).toEqual(found);
    expect(
      comment(
        Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(`{"AIGC":${label}}`, 'utf16le').swap16()]),
      ),
    ).toEqual(found);
    expect(
      provenance(withExifSegment(jpeg, tiff({ main: { 0x010e: `{"AIGC":${JSON.stringify(label)}}` } }))),
    ).toEqual(found);
    expect(provenance(withSegment(jpeg, 0xef, Buffer.from(`AIGC${label}`)))).toEqual(found);
    expect(
      provenance(Buffer.concat([ftyp, box('moov', box('udta', movieTags({ AIGC: label })))]), 'video/mp4'),
    ).toEqual(found);
    expect(
      provenance(
        Buffer.concat([ftyp, box('moov', movieTags({ AIGC: `{"AIGC":${label}}` }))]),
        'video/quicktime',
      ),
    ).toEqual(found);
  });

  it.each([
    ['1', 'generated'],
    ['2', 'possible'],
    ['3', 'possible'],
    ['AIGC', 'generated'],
  ])('%s means %s', (label, ai) => {
    expect(ofXmp(`TC260:AIGC="${escaped(aigcLabel(label, ''))}"`).ai).toBe(ai);
  });

  it('names the company behind a code', () => {
    expect(ofXmp(`TC260:AIGC="${escaped(aigcLabel('1', '001191110102MACQD9K64010000'))}"`).generator).toBe(
      '字节跳动（豆包）',
    );
  });

  it('is no word in a text', () => {
    for (const text of ['AIGC 大赛', '{"AIGC":{"a":1}}', 'AIGC{', '{"AIGC":', `AIGC${'{'.repeat(5000)}`]) {
      expect(provenance(withExifSegment(jpeg, tiff({ main: { 0x010e: text } })))).toEqual(none);
    }
  });
});

describe('other traces of generators', () => {
  const text = (name: string, value: string) =>
    provenance(withPngChunks(png, [pngText(name, value)]), 'image/png');

  it('are the settings that they write into PNG texts', () => {
    expect(text('parameters', 'a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7')).toEqual({
      ...none,
      ai: 'generated',
      mark: 'PARAMETERS',
      generator: 'Stable Diffusion',
    });
    expect(text('prompt', '{"3":{"class_type":"KSampler"}}').generator).toBe('ComfyUI');
    expect(text('workflow', '{"last_node_id":9,"nodes":[]}').generator).toBe('ComfyUI');
    expect(text('Description', 'a cat --v 6 Job ID: 0f1e2d3c-1111-2222-3333-444455556666').generator).toBe(
      'Midjourney',
    );
    expect(text('prompt', 'what I thought when I took it').ai).toBeNull();
    expect(text('Description', 'a cat on a roof, f/8').ai).toBeNull();
  });

  it('are their names as programs, of either hemisphere', () => {
    const software = (name: string) => provenance(withExifSegment(jpeg, tiff({ main: { 0x0131: name } })));
    for (const name of [
      'DALL·E 3',
      'Adobe Firefly',
      'Midjourney',
      '即梦AI',
      '豆包',
      '文心一格',
      '通义万相',
      '可灵',
    ]) {
      expect({ name, ...software(name) }).toMatchObject({ name, ai: 'generated', mark: 'PROGRAM' });
    }
    for (const name of ['Adobe Photoshop 25.0', 'Sorapot 3', 'Klingon Camera', '美图秀秀']) {
      expect(software(name).ai).toBeNull();
    }
    expect(ofXmp('xmp:CreatorTool="Midjourney"').generator).toBe('Midjourney');
    // A person may have the name of a program.
    expect(provenance(withExifSegment(jpeg, tiff({ main: { 0x013b: 'Sora Tanaka' } })))).toEqual(none);
  });

  it('are credits of phones and the records of their editors', () => {
    expect(ofXmp('photoshop:Credit="Edited with Google AI"')).toEqual({
      ...none,
      ai: 'edited',
      mark: 'CREDIT',
      generator: 'Edited with Google AI',
    });
    expect(ofXmp('photoshop:Credit="Made with Google AI"').ai).toBe('generated');
    expect(ofXmp('photoshop:Credit="Apple Photos Clean Up"').ai).toBe('edited');
    expect(ofXmp('photoshop:Credit="张三"').ai).toBeNull();
    const galaxy = (kind: number) =>
      provenance(
        Buffer.concat([
          jpeg,
          samsungTrailer('PhotoEditor_Re_Edit_Data', `{"clipInfo":{},"genAIType":${kind}}`),
        ]),
      );
    expect(galaxy(2)).toEqual({ ...none, ai: 'edited', mark: 'SAMSUNG', generator: 'Galaxy AI' });
    expect(galaxy(0)).toEqual(none);
    const grok = { 0x010e: `Signature: ${'A'.repeat(300)}`, 0x013b: '0f1e2d3c-1111-2222-3333-444455556666' };
    expect(provenance(withExifSegment(jpeg, tiff({ main: grok })))).toMatchObject({
      ai: 'generated',
      mark: 'SIGNATURE',
    });
  });

  it('weigh by what they say: made before changed, changed before perhaps', () => {
    const both = `Iptc4xmpExt:DigitalSourceType="${digitalSource('compositeWithTrainedAlgorithmicMedia')}" photoshop:Credit="Made with Google AI"`;
    expect(ofXmp(both)).toMatchObject({ ai: 'generated', mark: 'CREDIT' });
  });
});
