import { Global, Module } from '@nestjs/common';
import { Mail } from './mail.js';
import { Mailbox } from './mailbox.js';
import { MailSender } from './mail-sender.js';

@Global()
@Module({ providers: [Mail, Mailbox, MailSender], exports: [Mail, Mailbox] })
export class MailModule {}
