/*
 * Texts that tell an author why a comment was held or rejected, and what to do next. They are used for decisions by rules,
 * and for those by moderators without one of the site's reasons. They exist in the languages of the comments element;
 * other languages get the English text.
 */

type ReasonKind =
  | 'language'
  | 'wording'
  | 'spam'
  | 'privateDetails'
  | 'word'
  | 'flags'
  | 'checkedFirst'
  | 'support'
  | 'unchecked'
  | 'rules';
type NextStep = 'held' | 'refused';
type Sentences = Readonly<Record<ReasonKind | NextStep, string>>;

const SENTENCES: Readonly<Record<string, Sentences>> = {
  en: {
    language: 'Your comment is in a language that we cannot check automatically.',
    wording: 'An automatic check was unsure about the wording of your comment.',
    spam: 'Your comment looks like advertising or like one that was posted before.',
    privateDetails: 'Your comment may give away private details, such as an address or a phone number.',
    word: 'Your comment contains a word that this site does not publish unchecked.',
    flags: 'Other readers reported your comment.',
    checkedFirst: 'Comments are read here before they are published.',
    support:
      'If you are thinking of harming yourself, please talk to somebody now: a helpline, a doctor or someone you trust.',
    unchecked: 'Your comment could not be checked automatically.',
    rules: 'Your comment does not meet the rules for comments on this site.',
    held: 'A moderator will read it; you do not have to do anything.',
    refused: 'You can post it again in other words, or ask a moderator to look at it again.',
  },
  af: {
    language: 'Jou kommentaar is in ’n taal wat ons nie outomaties kan nagaan nie.',
    wording: '’n Outomatiese toets was onseker oor die bewoording van jou kommentaar.',
    spam: 'Jou kommentaar lyk soos ’n advertensie of soos een wat al geplaas is.',
    privateDetails: 'Jou kommentaar gee dalk private besonderhede weg, soos ’n adres of ’n telefoonnommer.',
    word: 'Jou kommentaar bevat ’n woord wat hierdie webwerf nie ongesiens publiseer nie.',
    flags: 'Ander lesers het jou kommentaar aangemeld.',
    checkedFirst: 'Kommentaar word hier gelees voordat dit gepubliseer word.',
    support:
      'As jy daaraan dink om jouself seer te maak, praat asseblief nou met iemand: ’n hulplyn, ’n dokter of iemand wat jy vertrou.',
    unchecked: 'Jou kommentaar kon nie outomaties nagegaan word nie.',
    rules: 'Jou kommentaar voldoen nie aan die reëls vir kommentaar op hierdie webwerf nie.',
    held: '’n Moderator sal dit lees; jy hoef niks te doen nie.',
    refused: 'Jy kan dit in ander woorde weer plaas, of ’n moderator vra om weer daarna te kyk.',
  },
  ar: {
    language: 'تعليقك مكتوب بلغة لا يمكننا فحصها آليًا.',
    wording: 'لم يتأكد الفحص الآلي من صياغة تعليقك.',
    spam: 'يبدو تعليقك إعلانًا أو مكررًا لتعليق نُشر من قبل.',
    privateDetails: 'قد يكشف تعليقك معلومات خاصة، مثل عنوان أو رقم هاتف.',
    word: 'يحتوي تعليقك على كلمة لا ينشرها هذا الموقع دون مراجعة.',
    flags: 'أبلغ قرّاء آخرون عن تعليقك.',
    checkedFirst: 'تُقرأ التعليقات هنا قبل نشرها.',
    support: 'إن كنت تفكر في إيذاء نفسك فتحدث الآن إلى أحد: خط مساعدة أو طبيب أو شخص تثق به.',
    unchecked: 'تعذّر فحص تعليقك آليًا.',
    rules: 'لا يوافق تعليقك قواعد التعليق في هذا الموقع.',
    held: 'سيقرؤه أحد المشرفين، ولا يلزمك فعل شيء.',
    refused: 'يمكنك إرساله من جديد بكلمات أخرى، أو طلب مراجعته من أحد المشرفين.',
  },
  de: {
    language: 'Ihr Kommentar ist in einer Sprache, die wir nicht automatisch prüfen können.',
    wording: 'Eine automatische Prüfung war sich beim Wortlaut Ihres Kommentars nicht sicher.',
    spam: 'Ihr Kommentar sieht nach Werbung aus oder wurde schon einmal abgeschickt.',
    privateDetails: 'Ihr Kommentar gibt möglicherweise Privates preis, etwa eine Adresse oder Telefonnummer.',
    word: 'Ihr Kommentar enthält ein Wort, das hier nicht ungeprüft veröffentlicht wird.',
    flags: 'Andere Leserinnen und Leser haben Ihren Kommentar gemeldet.',
    checkedFirst: 'Kommentare werden hier gelesen, bevor sie erscheinen.',
    support:
      'Wenn Sie daran denken, sich etwas anzutun, sprechen Sie bitte jetzt mit jemandem: mit einer Telefonseelsorge, einer Ärztin oder einem Menschen, dem Sie vertrauen.',
    unchecked: 'Ihr Kommentar konnte nicht automatisch geprüft werden.',
    rules: 'Ihr Kommentar entspricht nicht den Regeln für Kommentare auf dieser Website.',
    held: 'Die Moderation liest ihn; Sie müssen nichts tun.',
    refused: 'Sie können ihn in anderen Worten erneut abschicken oder um eine erneute Prüfung bitten.',
  },
  es: {
    language: 'Su comentario está en un idioma que no podemos comprobar automáticamente.',
    wording: 'Una comprobación automática tuvo dudas sobre la redacción de su comentario.',
    spam: 'Su comentario parece publicidad o ya se había enviado.',
    privateDetails: 'Su comentario podría revelar datos privados, como una dirección o un teléfono.',
    word: 'Su comentario contiene una palabra que este sitio no publica sin revisar.',
    flags: 'Otros lectores han denunciado su comentario.',
    checkedFirst: 'Aquí los comentarios se leen antes de publicarse.',
    support:
      'Si piensa en hacerse daño, hable ahora con alguien: un teléfono de ayuda, un médico o una persona de confianza.',
    unchecked: 'No se pudo comprobar su comentario automáticamente.',
    rules: 'Su comentario no cumple las normas de los comentarios de este sitio.',
    held: 'Lo leerá un moderador; no tiene que hacer nada.',
    refused: 'Puede enviarlo de nuevo con otras palabras o pedir que un moderador lo revise.',
  },
  fr: {
    language: 'Votre commentaire est dans une langue que nous ne pouvons pas vérifier automatiquement.',
    wording: 'Une vérification automatique a eu un doute sur les termes de votre commentaire.',
    spam: 'Votre commentaire ressemble à de la publicité ou a déjà été envoyé.',
    privateDetails:
      'Votre commentaire révèle peut-être des informations privées, comme une adresse ou un numéro de téléphone.',
    word: 'Votre commentaire contient un mot que ce site ne publie pas sans le vérifier.',
    flags: 'D’autres lecteurs ont signalé votre commentaire.',
    checkedFirst: 'Ici, les commentaires sont lus avant d’être publiés.',
    support:
      'Si vous pensez à vous faire du mal, parlez-en maintenant à quelqu’un : une ligne d’écoute, un médecin ou une personne de confiance.',
    unchecked: 'Votre commentaire n’a pas pu être vérifié automatiquement.',
    rules: 'Votre commentaire ne respecte pas les règles des commentaires de ce site.',
    held: 'Un modérateur va le lire ; vous n’avez rien à faire.',
    refused: 'Vous pouvez l’envoyer de nouveau en d’autres termes ou demander à un modérateur de le revoir.',
  },
  nl: {
    language: 'Uw reactie is in een taal die wij niet automatisch kunnen controleren.',
    wording: 'Een automatische controle twijfelde over de woorden van uw reactie.',
    spam: 'Uw reactie lijkt op reclame of is al eerder geplaatst.',
    privateDetails: 'Uw reactie geeft misschien privégegevens prijs, zoals een adres of telefoonnummer.',
    word: 'Uw reactie bevat een woord dat deze site niet zonder controle plaatst.',
    flags: 'Andere lezers hebben uw reactie gemeld.',
    checkedFirst: 'Reacties worden hier gelezen voordat ze verschijnen.',
    support:
      'Denkt u eraan uzelf iets aan te doen, praat dan nu met iemand: een hulplijn, een arts of iemand die u vertrouwt.',
    unchecked: 'Uw reactie kon niet automatisch worden gecontroleerd.',
    rules: 'Uw reactie voldoet niet aan de regels voor reacties op deze site.',
    held: 'Een moderator leest haar; u hoeft niets te doen.',
    refused: 'U kunt haar in andere woorden opnieuw plaatsen of een moderator vragen opnieuw te kijken.',
  },
  pt: {
    language: 'O seu comentário está numa língua que não conseguimos verificar automaticamente.',
    wording: 'Uma verificação automática teve dúvidas sobre a linguagem do seu comentário.',
    spam: 'O seu comentário parece publicidade ou já tinha sido enviado.',
    privateDetails: 'O seu comentário pode revelar dados privados, como uma morada ou um telefone.',
    word: 'O seu comentário contém uma palavra que este site não publica sem verificar.',
    flags: 'Outros leitores denunciaram o seu comentário.',
    checkedFirst: 'Aqui os comentários são lidos antes de serem publicados.',
    support:
      'Se está a pensar em magoar-se, fale agora com alguém: uma linha de apoio, um médico ou alguém em quem confia.',
    unchecked: 'Não foi possível verificar o seu comentário automaticamente.',
    rules: 'O seu comentário não cumpre as regras dos comentários deste site.',
    held: 'Um moderador vai lê-lo; não precisa de fazer nada.',
    refused: 'Pode enviá-lo de novo por outras palavras ou pedir a um moderador que o reveja.',
  },
};

const KIND_BY_RULE: Readonly<Record<string, ReasonKind>> = {
  'unscored-language': 'language',
  'off-language': 'language',
  'score-spam': 'spam',
  links: 'spam',
  repeat: 'spam',
  flood: 'spam',
  'personal-data': 'privateDetails',
  'banned-word': 'word',
  'suspect-word': 'word',
  flags: 'flags',
  'self-harm': 'support',
  'hold-all': 'checkedFirst',
  'new-reader': 'checkedFirst',
  brigading: 'checkedFirst',
  'standing-banned': 'checkedFirst',
  'standing-suspended': 'checkedFirst',
  'standing-pre-moderated': 'checkedFirst',
  'missing-score': 'unchecked',
  'external-unavailable': 'unchecked',
  'scoring-failed': 'unchecked',
  'external-score': 'wording',
  shouting: 'wording',
};

/**
 * @param rule the key of the deciding rule; null: a person decided
 * @param language ISO 639-1, of the page that the comment was written on; null: not known
 */
export function ruleReasonText(
  rule: string | null,
  status: 'held' | 'rejected' | 'removed',
  language: string | null,
): string {
  const sentences =
    (language !== null && Object.hasOwn(SENTENCES, language) && SENTENCES[language]) || SENTENCES.en;
  const next = status === 'held' ? sentences.held : sentences.refused;
  return `${sentences[reasonKindOf(rule, status)]} ${next}`;
}

function reasonKindOf(rule: string | null, status: 'held' | 'rejected' | 'removed'): ReasonKind {
  if (rule === null) return status === 'held' ? 'checkedFirst' : 'rules';
  if (Object.hasOwn(KIND_BY_RULE, rule)) return KIND_BY_RULE[rule];
  return rule.startsWith('score-') ? 'wording' : status === 'held' ? 'checkedFirst' : 'rules';
}
