/**
 * A ready fleet: what a department has.
 *
 * @module
 */

/** A fleet file for a handful of hosts with users of their own, and a few sessions on them. */
export const SMALL_LAB = `# A small lab: hosts of several kinds, with users of their own.
servers:
  # Two workstations with a graphics card, each for up to four people at a time
  - count: 2
    hostname: gpu-{nn}
    tags: { team: research, ram: 64gb, gpu: "yes" }
    users: [ana, ben, chloe, dmitri]
    maxVirtualSessions: 4
    cpus: 16
    memoryBytes: 68719476736
    gpus: [{ Vendor: NVIDIA, ModelName: Tesla T4 }]
  # Three plain ones
  - count: 3
    hostname: node-{nn}
    tags: { team: teaching, ram: 16gb }
    users: [ana, ben, chloe, dmitri, ema, farid]
    maxVirtualSessions: 6
  # A Windows host takes one person at a time, at its console
  - hostname: win-01
    os: windows
    tags: { team: office, ram: 32gb }
    users: [ema, farid]

sessions:
  - { owner: ana, name: paper, server: gpu-01 }
  - { owner: ben, name: training run, server: gpu-01 }
  - { owner: chloe, name: homework, server: node-01 }
  - { owner: ema, name: accounts, server: win-01 }
`;
