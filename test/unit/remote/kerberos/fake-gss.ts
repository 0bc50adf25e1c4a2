import type { Gss, GssOptions } from '../../../../backend/remote/kerberos/gss.ts';

/** Stands for npm `kerberos`: numbered tokens, or whatever `step` is told to do. */
export interface FakeGss extends Gss {
  readonly asked: { readonly service: string; readonly options: GssOptions }[];
  step: () => Promise<string>;
}

export function fakeGss(): FakeGss {
  const gss: FakeGss = {
    GSS_MECH_OID_SPNEGO: 6,
    asked: [],
    step: async () => `token-${String(gss.asked.length)}`,
    initializeClient: async (service, options) => {
      gss.asked.push({ service, options });
      return { step: () => gss.step() };
    },
  };
  return gss;
}
