import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MAIL_ENTITIES } from './mail.entities.js';
import { Mail } from './mail.js';
import { Mailbox } from './mailbox.js';
import { MailSender } from './mail-sender.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature(MAIL_ENTITIES)],
  providers: [Mail, Mailbox, MailSender],
  exports: [Mail, Mailbox],
})
export class MailModule {}
