import { Global, Module } from '@nestjs/common';
import { Mail } from './mail.js';
import { Mailbox } from './mailbox.js';
import { PostOffice } from './post-office.js';

@Global()
@Module({ providers: [Mail, Mailbox, PostOffice], exports: [Mail, Mailbox] })
export class MailModule {}
