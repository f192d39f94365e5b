import type { EmailTexts } from './email-texts.js';

export const es: EmailTexts = {
  reply: '{name} le ha respondido',
  mention: '{name} le ha mencionado',
  story: {
    one: '{n} comentario nuevo en un artículo que sigue',
    many: '{n} comentarios nuevos en un artículo que sigue',
    other: '{n} comentarios nuevos en un artículo que sigue',
  },
  topic: {
    one: '{n} comentario nuevo sobre {topic}',
    many: '{n} comentarios nuevos sobre {topic}',
    other: '{n} comentarios nuevos sobre {topic}',
  },
  newStory: 'Artículo nuevo sobre {topic}',
  published: 'Su comentario está publicado',
  rejected: 'Su comentario no se ha publicado',
  removed: 'Su comentario ha sido retirado',
  upheld: 'Su recurso: la decisión se mantiene',
  overturned: 'Su recurso: su comentario ha vuelto',
  commentUpdate: 'Novedades sobre su comentario',
  message: 'Un mensaje de la moderación',
  warned: 'La moderación le hace una advertencia',
  suspended: 'No puede comentar durante un tiempo',
  banned: 'Ya no puede comentar',
  reinstated: 'Puede comentar como antes',
  accountUpdate: 'Novedades sobre su cuenta',
  quote: '«{text}»',
  lead: 'De los comentarios de {site}:',
  digestLead: 'Lo nuevo en los comentarios de {site}:',
  digestSubject: {
    one: '{n} novedad en los comentarios',
    many: '{n} novedades en los comentarios',
    other: '{n} novedades en los comentarios',
  },
  reasonForEmail: 'Usted pidió estos correos a {site}.',
  unsubscribe: 'Darse de baja',
  confirmationSubject: 'Confirme su dirección para los comentarios de {site}',
  confirmationBody:
    '{name} ha pedido a {site} que envíe a esta dirección avisos sobre comentarios.\n\nSi fue usted, confírmelo aquí:\n{url}\n\nSi no, no haga nada: no llegarán más correos.',
  replyTo: '{name} a {other}',
  authorSubject: {
    one: '{n} comentario nuevo: {title}',
    many: '{n} comentarios nuevos: {title}',
    other: '{n} comentarios nuevos: {title}',
  },
  authorLead: {
    one: '{n} comentario nuevo en su artículo «{title}»:',
    many: '{n} comentarios nuevos en su artículo «{title}», los más recientes primero:',
    other: '{n} comentarios nuevos en su artículo «{title}», los más recientes primero:',
  },
  authorReadAll: 'Leerlos todos bajo el artículo',
  authorReasonForEmail: 'Recibe estos correos porque {site} le nombra autor de este artículo.',
  invalidLink: {
    title: 'Este enlace no funciona',
    lead: 'No se hizo aquí o le falta una parte. Cópielo entero del correo.',
  },
  addressNotPending: {
    title: 'Esta dirección ya no está pendiente de confirmación',
    lead: 'Desde entonces se eligió otra, o ninguna. Elíjala de nuevo en sus ajustes de avisos.',
  },
  confirmPrompt: {
    title: '¿Es esta su dirección?',
    lead: 'Los avisos sobre comentarios en {site} se enviarán a {address}.',
    button: 'Confirmar',
  },
  unsubscribePrompt: {
    title: '¿Darse de baja?',
    lead: 'No se enviarán más correos sobre comentarios en {site} a {address}.',
    button: 'Darse de baja',
  },
  confirmed: {
    title: 'Dirección confirmada',
    lead: 'Los avisos se enviarán a {address}. Puede cerrar esta página.',
  },
  unsubscribed: {
    title: 'Baja hecha',
    lead: 'No se envían más correos sobre comentarios a {address}.',
  },
  stopAuthorPrompt: {
    title: '¿Darse de baja?',
    lead: 'No se enviarán más correos sobre comentarios en sus artículos de {site} a {address}.',
    button: 'Darse de baja',
  },
  stoppedAuthor: {
    title: 'De baja',
    lead: 'Ya no se envían correos sobre comentarios en sus artículos de {site} a {address}.',
    button: 'Enviarlos de nuevo',
  },
  resumeAuthorPrompt: {
    title: '¿Recibirlos de nuevo?',
    lead: 'Los correos sobre comentarios nuevos en sus artículos de {site} se enviarán a {address}.',
    button: 'Enviarlos de nuevo',
  },
  resumedAuthor: {
    title: 'Vuelven a llegar',
    lead: 'Los correos sobre comentarios nuevos en sus artículos de {site} se envían a {address}. Puede cerrar esta página.',
  },
  noticeReceivedSubject: 'Hemos recibido su notificación {reference}',
  noticeReceivedBody:
    '{site} ha recibido su notificación de que un comentario es ilícito. Su referencia es {reference}. La moderación la revisará y le comunicará la decisión a esta dirección.\n\nConsulte su estado en cualquier momento:\n{url}',
  noticeDecidedSubject: 'La decisión sobre su notificación {reference}',
  noticeRemoved:
    'La moderación de {site} ha revisado su notificación {reference} y ha decidido que el comentario ya no se muestre.',
  noticeNoAction:
    'La moderación de {site} ha revisado su notificación {reference} y ha decidido no actuar: el comentario permanece.',
  noticeRedress:
    'La decisión la tomó una persona. Si no está de acuerdo, puede pedir a {site} una nueva revisión indicando la referencia {reference}, acudir a un órgano certificado de resolución extrajudicial de litigios (artículo 21 del Reglamento de Servicios Digitales) o a los tribunales.',
};
