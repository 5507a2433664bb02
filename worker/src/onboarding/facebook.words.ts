type Words = {
  title: string
  lead: string
  portal: string
  before: string
  coexistence: string
  start: string
  again: string
  loading: string
  working: string
  done: string
  cancelled: string
  failed: string
  blocked: string
  used: string
}

const en: Words = {
  title: 'Connect WhatsApp to Zoho Desk',
  lead: 'Facebook opens in a window of its own. Choose your business, your WhatsApp Business account and your number there.',
  portal: 'It will be connected to this Zoho Desk:',
  before: 'Use the browser in which you are signed in to Facebook, and allow pop-up windows for this page.',
  coexistence: 'Have the phone with the WhatsApp Business app at hand: it shows a code to scan.',
  start: 'Continue with Facebook',
  again: 'Try again',
  loading: 'Loading Facebook…',
  working: 'One moment. Do not close this window.',
  done: 'Connected. Go back to Zoho Desk; this window can be closed.',
  cancelled: 'You left Facebook before the end. Nothing was connected.',
  failed: 'This did not work. The settings in Zoho Desk say why; you can try again here.',
  blocked:
    'Facebook’s script could not be loaded. An ad blocker or tracking protection may block it: allow it for this page and open it again from the settings, or choose “On Meta’s own page” there.',
  used: 'This window was opened already, or too late. Close it and press “Continue with Facebook” in the settings of Kaiwa once more.',
}

const ja: Words = {
  title: 'WhatsAppをZoho Deskに接続する',
  lead: 'Facebookが別のウィンドウで開きます。ビジネス、WhatsApp Businessアカウント、電話番号を選択してください。',
  portal: '接続先のZoho Desk：',
  before: 'Facebookにサインインしているブラウザーを使用し、このページのポップアップを許可してください。',
  coexistence: 'WhatsApp Businessアプリの入った端末をお手元にご用意ください。コードの読み取りに使用します。',
  start: 'Facebookで続ける',
  again: 'もう一度試す',
  loading: 'Facebookを読み込んでいます…',
  working: '少々お待ちください。このウィンドウは閉じないでください。',
  done: '接続されました。Zoho Deskに戻ってください。このウィンドウは閉じてかまいません。',
  cancelled: 'Facebookでの操作が途中で終了したため、何も接続されていません。',
  failed: '完了できませんでした。理由はZoho Deskの設定画面に表示されます。ここからもう一度試すこともできます。',
  blocked:
    'Facebookのスクリプトを読み込めませんでした。広告ブロックやトラッキング防止が原因の可能性があります。このページで許可して設定画面から開き直すか、設定画面で「Metaのページで連携」を選択してください。',
  used: 'このウィンドウは、使用済みであるか、時間が経過しています。閉じてから、Kaiwaの設定画面でもう一度「Facebookで続ける」を押してください。',
}

/** The window's words: Japanese for any form of `ja`, English for everything else. */
export function wordsOf(locale: string | undefined): { lang: 'en' | 'ja'; words: Words } {
  return /^ja\b/i.test(locale ?? '') ? { lang: 'ja', words: ja } : { lang: 'en', words: en }
}
