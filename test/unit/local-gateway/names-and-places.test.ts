import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ownCertificate } from '../../../knox-service/local-gateway/certificate.ts';
import { ownHosts } from '../../../knox-service/local-gateway/host-rule.ts';
import { networkOf } from '../../../knox-service/local-gateway/network-of.ts';

describe('the names by which the local gateway is called', () => {
  const allowed = (hosts: readonly (string | undefined)[], listensOn: string, cert?: string): unknown[] =>
    hosts.filter(ownHosts(listensOn, cert));

  const loopback = ['localhost:8443', 'LOCALHOST', '127.0.0.1', '[::1]:1'];
  const foreign = [undefined, '', '@', 'evil.example', 'localhost.evil.example', 'x@localhost', 'localhost/'];

  it('are those of loopback where it listens there', () => {
    expect(allowed([...loopback, ...foreign, '192.0.2.1', '[2001:db8::1]'], '127.0.0.1')).to.deep.equal(loopback);
  });

  it('are any address elsewhere, the name that it was given, and no other', () => {
    const addresses = ['192.0.2.1:8443', '[2001:db8::1]:8443'];
    const names = ['kirka.lan:8443', 'KIRKA.lan'];
    const asked = [...loopback, ...foreign, ...addresses, ...names, 'other.lan'];
    expect(allowed(asked, 'kirka.lan')).to.deep.equal([...loopback, ...addresses, ...names]);
    expect(allowed(asked, '0.0.0.0')).to.deep.equal([...loopback, ...addresses]);
  });

  it('are those of its certificate, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kirka-certificate-'));
    const { cert } = await ownCertificate(folder, 'kirka.test');
    rmSync(folder, { recursive: true });
    const asked = ['kirka.test:8443', hostname(), ...foreign, '192.0.2.1', 'localhost'];
    expect(allowed(asked, '127.0.0.1', cert)).to.deep.equal(['kirka.test:8443', hostname(), 'localhost']);
  });
});

describe('the place that a request comes from', () => {
  it('is an IPv4 address, however it is written, and half of an IPv6 address', () => {
    expect(networkOf('192.0.2.1')).to.equal('192.0.2.1');
    expect(networkOf('::ffff:192.0.2.1')).to.equal('192.0.2.1');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2');
    expect(networkOf('2001:db8:1:2::5')).to.equal('2001:db8:1:2');
    expect(networkOf('2001:db8::5')).to.equal('2001:db8:0:0');
    expect(networkOf('fe80::1%eth0')).to.equal('fe80:0:0:0');
    expect(networkOf('::1')).to.equal('0:0:0:0');
    expect(networkOf('::')).to.equal('0:0:0:0');
    expect(networkOf('')).to.equal('');
  });
});
