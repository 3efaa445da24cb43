import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { AwardedModule } from '../results/awarded/awarded.module.js';
import { NoticeModule } from '../results/notice/notice.module.js';
import { PayeeCipherService } from './payee-cipher.service.js';
import { PayeeSweeper } from './payee-sweeper.js';
import { PayeesController } from './payees.controller.js';
import { PayeesService } from './payees.service.js';
import { PaymentSettingsService } from './payment-settings.service.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsService } from './payments.service.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { WinnerOriginals } from './winner-originals.service.js';

@Module({
  imports: [ContestsModule, MediaModule, SubmissionsModule, AwardedModule, NoticeModule],
  controllers: [PayeesController, PaymentsController],
  providers: [
    PayeesService,
    PaymentsService,
    PaymentSettingsService,
    PayeeCipherService,
    PayeeSweeper,
    WinnerOriginals,
  ],
  exports: [PaymentsService],
})
export class WinnersModule {}
