/** What the attach menu offers. A message without its media object gets a sample file from the sandbox. */
export type Attachment = { id: string; label: string; message: object }

export const attachments: readonly Attachment[] = [
  { id: 'image', label: '🖼️ Photo', message: { type: 'image', image: { caption: 'A photo' } } },
  { id: 'document', label: '📄 Document', message: { type: 'document' } },
  { id: 'voice', label: '🎤 Voice message', message: { type: 'audio', audio: { voice: true } } },
  { id: 'video', label: '🎬 Video', message: { type: 'video' } },
  { id: 'sticker', label: '🟧 Sticker', message: { type: 'sticker' } },
  {
    id: 'location',
    label: '📍 Location',
    message: {
      type: 'location',
      location: { latitude: 51.5033, longitude: -0.1196, name: 'Sample Square', address: '1 High Street, London' },
    },
  },
  {
    id: 'contact',
    label: '👤 Contact',
    message: {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Sample Depot', first_name: 'Sample', last_name: 'Depot' },
          phones: [{ phone: '+44 20 7946 0199', wa_id: '442079460199', type: 'WORK' }],
          emails: [{ email: 'depot@example.com', type: 'WORK' }],
        },
      ],
    },
  },
  {
    id: 'ad',
    label: '📣 Come from an ad',
    message: {
      type: 'text',
      text: { body: 'I saw your ad. Is the offer still on?' },
      referral: {
        source_url: 'https://fb.me/sample',
        source_id: '120200000000001',
        source_type: 'ad',
        headline: 'Spring sale',
        body: 'All parcels half price this week',
        media_type: 'image',
        image_url: 'https://example.com/spring-sale.png',
        ctwa_clid: 'sample-click-id',
      },
    },
  },
  {
    id: 'poll',
    label: '📊 Poll (the business cannot read it)',
    message: { type: 'unsupported', unsupported: { type: 'poll' } },
  },
]

/** The message type for a chosen file. */
export function typeOfFile(mimeType: string): 'image' | 'video' | 'audio' | 'document' {
  for (const kind of ['image', 'video', 'audio'] as const) if (mimeType.startsWith(`${kind}/`)) return kind
  return 'document'
}
