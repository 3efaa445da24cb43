import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a contest prints under its notice and certificates, and the calendar that the notice's days are counted in. */
@Entity('notice_settings')
export class NoticeSettings {
  @PrimaryColumn('uuid', { name: 'contest_id', primaryKeyConstraintName: 'PK_notice_settings' })
  contestId: string;

  /** 落款: who signs. Empty: the contest's title with 组委会. */
  @Column('text', { default: '' })
  issuer: string;

  /** Whom to complain to. */
  @Column('text', { default: '' })
  contact: string;

  @Column('text', { default: '' })
  phone: string;

  @Column('text', { default: '' })
  email: string;

  /** How many working days the notice stands, the day of its publication not counted. */
  @Column('int', { name: 'working_days', default: 5 })
  workingDays: number;

  /** Weekdays on which nobody works, and days of weekends on which people do, as the State Council sets them each year. */
  @Column('text', { name: 'days_off', array: true, default: '{}' })
  daysOff: string[];

  @Column('text', { name: 'extra_work_days', array: true, default: '{}' })
  extraWorkDays: string[];
}
