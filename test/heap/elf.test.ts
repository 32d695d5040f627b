import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elfProblem, isMusl } from '../../lib/heap/elf.js';

const SEGMENT = 56;
const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/** An ELF file of 4096 bytes: one loaded segment of all of it, and the name of its interpreter at its end. */
function elf(interpreter: string, machine = MACHINES[process.arch]!): Buffer {
  const file = Buffer.alloc(4096);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(machine, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(2, 56);
  const segment = (index: number, type: number, begin: number, bytes: number): void => {
    const at = 64 + index * SEGMENT;
    file.writeUInt32LE(type, at);
    file.writeBigUInt64LE(BigInt(begin), at + 8);
    file.writeBigUInt64LE(BigInt(bytes), at + 32);
  };
  segment(0, 1, 0, file.length);
  const begin = file.length - interpreter.length - 1;
  segment(1, 3, begin, interpreter.length + 1);
  file.write(interpreter, begin, 'latin1');
  return file;
}

describe('heap/elf', function () {
  const folder = mkdtempSync(join(tmpdir(), 'protospace-elf-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  before(function () {
    if (!(process.arch in MACHINES)) this.skip();
  });

  function stored(bytes: Uint8Array): string {
    const file = join(folder, 'library.node');
    writeFileSync(file, bytes);
    return file;
  }

  it('a whole library for this processor has no fault', () => {
    assert.equal(elfProblem(stored(elf(''))), '');
  });

  it('a library that was cut short would end the process when it is loaded', () => {
    assert.match(elfProblem(stored(elf('').subarray(0, 2000))), /cut short: of 4096 bytes some are missing/);
    assert.match(elfProblem(stored(elf('').subarray(0, 4095))), /cut short/);
  });

  it('names the processor that a library is for', () => {
    const [other, machine] = Object.entries(MACHINES).find(([name]) => name !== process.arch)!;
    const said = `another processor, ${other} and not ${process.arch}`;
    assert.match(elfProblem(stored(elf('', machine))), new RegExp(said));
    assert.match(elfProblem(stored(elf('', 999))), /another processor, number 999/);
  });

  it('leaves what is no such file to the loader', () => {
    for (const bytes of ['', 'x', 'this is no library, and long enough for a header of one: '.repeat(4)])
      assert.equal(elfProblem(stored(Buffer.from(bytes))), '');
    assert.equal(elfProblem(join(folder, 'missing')), '');
  });

  it('survives a header of nonsense', () => {
    const file = elf('');
    for (let i = 16; i < 200; i++) {
      const changed = Buffer.from(file);
      changed.fill(0xff, i, i + 8);
      assert.equal(typeof elfProblem(stored(changed)), 'string');
      isMusl(stored(changed));
    }
  });

  it('tells a program of musl from one of glibc', () => {
    assert.equal(isMusl(stored(elf('/lib/ld-musl-x86_64.so.1'))), true);
    assert.equal(isMusl(stored(elf('/lib64/ld-linux-x86-64.so.2'))), false);
    assert.equal(isMusl(join(folder, 'missing')), false);
  });

  it('tells what this Node is', function () {
    if (process.platform !== 'linux') this.skip();
    const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
    assert.equal(isMusl(), header.glibcVersionRuntime === undefined);
    assert.equal(elfProblem(process.execPath), '');
  });
});
