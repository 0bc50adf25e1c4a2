/** What MIT krb5 says, and what is to be done about it. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /Decrypt integrity check failed|Preauthentication failed/,
    "the keytab's key is not the KDC's: export the keytab anew",
  ],
  [/not found in Kerberos database/, 'the KDC knows no such principal: look at its spelling, host and realm'],
  [
    /Can't find client principal|cannot find mechanisms|No Kerberos credentials available|[Kk]ey table|No key table entry/,
    'there is no ticket, and no keytab to get one with: look at --kerberos-keytab and --kerberos-principal',
  ],
  [/Cannot (contact any|find) KDC|unreachable/, 'no KDC answers: look at krb5.conf and the network'],
  [/Clock skew/, "this machine's clock differs from the KDC's: synchronise both"],
  [/Configuration file|default realm/, 'krb5.conf is missing or unfit'],
];

/** Of a GSS-API error's two halves only the second says something. */
const noise =
  /Unspecified GSS failure\. {2}Minor code may provide more information: |No credentials were supplied, or the credentials were unavailable or inaccessible: /;

/** One line for an administrator. Neither the ticket nor the key is in what the library says. */
export function explainGss(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(noise, '');
  const cause = causes.find(([pattern]) => pattern.test(text))?.[1];
  return cause === undefined ? text : `${text} (${cause})`;
}
