import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { MediaModule } from '../media/media.module.js';
import { AwardedModule } from '../results/awarded/awarded.module.js';
import { NoticeModule } from '../results/notice/notice.module.js';
import { CertificatesController } from './certificates/certificates.controller.js';
import { CertificatesService } from './certificates/certificates.service.js';
import { CertificateNumbers } from './certificates/numbers.service.js';
import { ExportsController } from './exports.controller.js';
import { OverviewController } from './overview.controller.js';
import { OriginalsService } from './originals.service.js';
import { ScoresService } from './scores.service.js';
import { SignatureSheetsService } from './signature-sheets.service.js';
import { WinnersService } from './winners.service.js';

@Module({
  imports: [ContestsModule, MediaModule, JudgingModule, DocumentsModule, AwardedModule, NoticeModule],
  controllers: [ExportsController, OverviewController, CertificatesController],
  providers: [
    WinnersService,
    ScoresService,
    SignatureSheetsService,
    OriginalsService,
    CertificatesService,
    CertificateNumbers,
  ],
})
export class ExportsModule {}
