import type { EmailTexts } from './email-texts.js';

export const pt: EmailTexts = {
  reply: '{name} respondeu-lhe',
  mention: '{name} mencionou-o',
  story: {
    one: '{n} comentário novo num artigo que segue',
    many: '{n} comentários novos num artigo que segue',
    other: '{n} comentários novos num artigo que segue',
  },
  topic: {
    one: '{n} comentário novo sobre {topic}',
    many: '{n} comentários novos sobre {topic}',
    other: '{n} comentários novos sobre {topic}',
  },
  newStory: 'Artigo novo sobre {topic}',
  published: 'O seu comentário está publicado',
  rejected: 'O seu comentário não foi publicado',
  removed: 'O seu comentário foi retirado',
  upheld: 'O seu recurso: a decisão mantém-se',
  overturned: 'O seu recurso: o seu comentário voltou',
  commentUpdate: 'Novidades sobre o seu comentário',
  message: 'Uma mensagem da moderação',
  warned: 'A moderação faz-lhe uma advertência',
  suspended: 'Não pode comentar durante algum tempo',
  banned: 'Já não pode comentar',
  reinstated: 'Pode comentar como antes',
  accountUpdate: 'Novidades sobre a sua conta',
  quote: '«{text}»',
  lead: 'Dos comentários de {site}:',
  digestLead: 'O que há de novo nos comentários de {site}:',
  digestSubject: {
    one: '{n} novidade nos comentários',
    many: '{n} novidades nos comentários',
    other: '{n} novidades nos comentários',
  },
  reasonForEmail: 'Pediu estes e-mails a {site}.',
  unsubscribe: 'Cancelar a subscrição',
  confirmationSubject: 'Confirme o seu endereço para os comentários de {site}',
  confirmationBody:
    '{name} pediu a {site} que enviasse notificações sobre comentários para este endereço.\n\nSe foi o seu pedido, confirme-o aqui:\n{url}\n\nSe não foi, não faça nada: não chegam mais e-mails.',
  replyTo: '{name} a {other}',
  authorSubject: {
    one: '{n} novo comentário: {title}',
    many: '{n} novos comentários: {title}',
    other: '{n} novos comentários: {title}',
  },
  authorLead: {
    one: '{n} novo comentário no seu artigo “{title}”:',
    many: '{n} novos comentários no seu artigo “{title}”, os mais recentes primeiro:',
    other: '{n} novos comentários no seu artigo “{title}”, os mais recentes primeiro:',
  },
  authorReadAll: 'Ler todos sob o artigo',
  authorReasonForEmail: 'Recebe estes e-mails porque {site} indica o seu nome como autor deste artigo.',
  invalidLink: {
    title: 'Esta ligação não funciona',
    lead: 'Não foi feita aqui, ou falta-lhe uma parte. Copie-a inteira do e-mail.',
  },
  addressNotPending: {
    title: 'Este endereço já não está por confirmar',
    lead: 'Entretanto foi escolhido outro, ou nenhum. Escolha-o de novo nas suas definições de notificações.',
  },
  confirmPrompt: {
    title: 'É este o seu endereço?',
    lead: 'As notificações sobre comentários em {site} serão enviadas para {address}.',
    button: 'Confirmar',
  },
  unsubscribePrompt: {
    title: 'Cancelar a subscrição?',
    lead: 'Não serão enviados mais e-mails sobre comentários em {site} para {address}.',
    button: 'Cancelar a subscrição',
  },
  confirmed: {
    title: 'Endereço confirmado',
    lead: 'As notificações serão enviadas para {address}. Pode fechar esta página.',
  },
  unsubscribed: {
    title: 'Subscrição cancelada',
    lead: 'Não são enviados mais e-mails sobre comentários para {address}.',
  },
  stopAuthorPrompt: {
    title: 'Cancelar a subscrição?',
    lead: 'Não serão enviados mais e-mails sobre comentários nos seus artigos em {site} para {address}.',
    button: 'Cancelar',
  },
  stoppedAuthor: {
    title: 'Subscrição cancelada',
    lead: 'Já não são enviados e-mails sobre comentários nos seus artigos em {site} para {address}.',
    button: 'Enviar de novo',
  },
  resumeAuthorPrompt: {
    title: 'Receber de novo?',
    lead: 'E-mails sobre novos comentários nos seus artigos em {site} serão enviados para {address}.',
    button: 'Enviar de novo',
  },
  resumedAuthor: {
    title: 'Voltam a chegar',
    lead: 'E-mails sobre novos comentários nos seus artigos em {site} são enviados para {address}. Pode fechar esta página.',
  },
  noticeReceivedSubject: 'Recebemos a sua notificação {reference}',
  noticeReceivedBody:
    '{site} recebeu a sua notificação de que um comentário é ilegal. A referência é {reference}. A moderação vai analisá-la e comunicar-lhe a decisão para este endereço.\n\nConsulte o estado a qualquer momento:\n{url}',
  noticeDecidedSubject: 'A decisão sobre a sua notificação {reference}',
  noticeRemoved:
    'A moderação de {site} analisou a sua notificação {reference} e decidiu que o comentário deixa de ser mostrado.',
  noticeNoAction:
    'A moderação de {site} analisou a sua notificação {reference} e decidiu não intervir: o comentário mantém-se.',
  noticeRedress:
    'A decisão foi tomada por uma pessoa. Se não concordar, pode pedir a {site} uma nova análise indicando a referência {reference}, recorrer a um organismo certificado de resolução extrajudicial de litígios (artigo 21.º do Regulamento dos Serviços Digitais) ou ir a tribunal.',
};
