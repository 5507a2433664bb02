import type { SignInProblem } from './sign-in.types.ts'

type Words = {
  title: string
  confirmProof: string
  confirmConnect: string
  portal: string
  person: string
  warning: string
  proceed: string
  cancel: string
  done: string
  doneText: string
  copyText: string
  copy: string
  copied: string
  again: string
  problemTitle: string
  problems: Record<SignInProblem, string>
}

const en: Words = {
  title: 'Kaiwa: sign in',
  confirmProof: 'Change the settings of Kaiwa',
  confirmConnect: 'Connect Zoho Desk to Kaiwa',
  portal: 'Zoho Desk',
  person: 'Signed in as',
  warning: 'Continue only if you have just pressed the button in the settings of Kaiwa inside your Zoho Desk.',
  proceed: 'Continue',
  cancel: 'Cancel',
  done: 'You are signed in',
  doneText: 'Go back to Zoho Desk. This window can be closed.',
  copyText: 'If the settings still wait, paste this code there within one minute:',
  copy: 'Copy',
  copied: 'Copied',
  again: 'Sign in again',
  problemTitle: 'This did not work',
  problems: {
    bad_link: 'This address is incomplete. Open the window again from the settings of Kaiwa in Zoho Desk.',
    expired:
      'This window was used already, was open for more than ten minutes, or was opened in another browser. Open it again from the settings of Kaiwa in Zoho Desk.',
    denied: 'Access was not granted at Zoho, so nothing was changed. Sign in again and press Accept there.',
    zoho_refused: 'Zoho did not accept the sign-in. Nothing was changed. Sign in again.',
    wrong_data_centre: 'Your Zoho account is in a data centre that Kaiwa does not know.',
    wrong_portal:
      'The account you signed in with does not belong to the Zoho Desk you came from. Sign out at Zoho, then sign in again as an administrator of that Zoho Desk.',
    not_admin:
      'The account you signed in with is not an administrator of this Zoho Desk. Ask an administrator, or sign in with another account.',
    not_active: 'This agent is not active in Zoho Desk.',
    not_connected: 'This Zoho Desk is not connected to Kaiwa yet. Use Connect Zoho Desk in the settings of Kaiwa.',
    no_lasting_access:
      'Zoho gave no lasting access. Sign in again; if it happens again, remove Kaiwa under Connected apps in your Zoho account first.',
    unavailable: 'Zoho does not answer as it should right now. Nothing was changed. Try again in a minute.',
    cancelled: 'You cancelled. Nothing was changed. This window can be closed.',
  },
}

const ja: Words = {
  title: 'Kaiwa：サインイン',
  confirmProof: 'Kaiwaの設定を変更する',
  confirmConnect: 'Zoho DeskをKaiwaに接続する',
  portal: 'Zoho Desk',
  person: 'サインイン中のアカウント',
  warning: 'ご自身のZoho DeskにあるKaiwaの設定画面でボタンを押した直後の場合にのみ、続けてください。',
  proceed: '続ける',
  cancel: 'キャンセル',
  done: 'サインインしました',
  doneText: 'Zoho Deskに戻ってください。このウィンドウは閉じてかまいません。',
  copyText: '設定画面が待機中のままの場合は、1分以内にこのコードを貼り付けてください：',
  copy: 'コピー',
  copied: 'コピーしました',
  again: 'もう一度サインインする',
  problemTitle: '完了できませんでした',
  problems: {
    bad_link: 'アドレスが不完全です。Zoho DeskのKaiwaの設定画面から、もう一度ウィンドウを開いてください。',
    expired:
      'このウィンドウは、使用済みであるか、10分以上経過しているか、別のブラウザーで開かれたものです。Zoho DeskのKaiwaの設定画面から、もう一度開いてください。',
    denied:
      'Zohoでアクセスが許可されなかったため、何も変更されていません。もう一度サインインし、「同意する」を押してください。',
    zoho_refused: 'Zohoがサインインを受け付けませんでした。何も変更されていません。もう一度サインインしてください。',
    wrong_data_centre: 'お使いのZohoアカウントのデータセンターには対応していません。',
    wrong_portal:
      'サインインしたアカウントは、元のZoho Deskに属していません。Zohoからサインアウトし、そのZoho Deskの管理者としてもう一度サインインしてください。',
    not_admin:
      'サインインしたアカウントは、このZoho Deskの管理者ではありません。管理者に依頼するか、別のアカウントでサインインしてください。',
    not_active: 'この担当者は、Zoho Deskで有効になっていません。',
    not_connected:
      'このZoho Deskは、まだKaiwaに接続されていません。Kaiwaの設定画面で「Zoho Deskを接続する」を使用してください。',
    no_lasting_access:
      'Zohoから継続的なアクセスが許可されませんでした。もう一度お試しください。繰り返し発生する場合は、Zohoアカウントの「接続済みのアプリ」からKaiwaを削除してください。',
    unavailable: '現在、Zohoから正しい応答がありません。何も変更されていません。1分後にもう一度お試しください。',
    cancelled: 'キャンセルしました。何も変更されていません。このウィンドウは閉じてかまいません。',
  },
}

/** The words of the window's pages, and the language they are in. */
export function wordsOf(locale: string | undefined): { lang: 'en' | 'ja'; words: Words } {
  return locale?.toLowerCase().startsWith('ja') === true ? { lang: 'ja', words: ja } : { lang: 'en', words: en }
}
