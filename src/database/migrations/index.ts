import { FirstHouse1764000000000 } from './1764000000000-first-house.js';
import { MediaProgress1764100000000 } from './1764100000000-media-progress.js';
import { NearDuplicates1764200000000 } from './1764200000000-near-duplicates.js';
import { CaptureRule1764300000000 } from './1764300000000-capture-rule.js';
import { ResumableUploads1764400000000 } from './1764400000000-resumable-uploads.js';
import { DouyinLinks1764500000000 } from './1764500000000-douyin-links.js';
import { Messages1764600000000 } from './1764600000000-messages.js';
import { FileChecks1764700000000 } from './1764700000000-file-checks.js';
import { Gallery1764700000001 } from './1764700000001-gallery.js';
import { Erasure1764800000000 } from './1764800000000-erasure.js';
import { FilesByTheClock1764900000000 } from './1764900000000-files-by-the-clock.js';
import { RoundsOfKinds1765000000000 } from './1765000000000-rounds-of-kinds.js';
import { TaskRemarks1766000000000 } from './1766000000000-task-remarks.js';
import { WholeSizes1766500000000 } from './1766500000000-whole-sizes.js';
import { Units1766500000001 } from './1766500000001-units.js';
import { MarksBeforeClose1766500000002 } from './1766500000002-marks-before-close.js';
import { Certificates1768000000000 } from './1768000000000-certificates.js';
import { Notices1768000000001 } from './1768000000001-notices.js';
import { Payees1768000000002 } from './1768000000002-payees.js';
import { ObjectionsEnd1768000000010 } from './1768000000010-objections-end.js';
import { BetterOriginals1768000000011 } from './1768000000011-better-originals.js';
import { JudgesReminded1769000000000 } from './1769000000000-judges-reminded.js';
import { ResultsThatStand1767000000000 } from './1767000000000-results-that-stand.js';

/** In the order in which they run. */
export const migrations = [
  FirstHouse1764000000000,
  MediaProgress1764100000000,
  NearDuplicates1764200000000,
  CaptureRule1764300000000,
  ResumableUploads1764400000000,
  DouyinLinks1764500000000,
  Messages1764600000000,
  FileChecks1764700000000,
  Gallery1764700000001,
  Erasure1764800000000,
  FilesByTheClock1764900000000,
  RoundsOfKinds1765000000000,
  TaskRemarks1766000000000,
  WholeSizes1766500000000,
  Units1766500000001,
  MarksBeforeClose1766500000002,
  Certificates1768000000000,
  Notices1768000000001,
  Payees1768000000002,
  ResultsThatStand1767000000000,
  ObjectionsEnd1768000000010,
  BetterOriginals1768000000011,
  JudgesReminded1769000000000,
];
