import { MailEntity } from './mail.entity.js';

export const MAIL_ENTITIES = [MailEntity];
