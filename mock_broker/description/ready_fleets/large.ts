/**
 * A ready fleet: what a big site has.
 *
 * @module
 */

/** A fleet file for 1,000 hosts and 2,450 sessions. */
export const LARGE = `# A large site: 1,000 hosts in four pools, and 2,450 sessions of as many users.
servers:
  - count: 600
    hostname: render-{nnn}
    tags: { pool: render, ram: 32gb }
    maxVirtualSessions: 8
    cpus: 8
    memoryBytes: 34359738368
  - count: 200
    hostname: gpu-{nnn}
    tags: { pool: gpu, ram: 128gb }
    maxVirtualSessions: 4
    cpus: 32
    memoryBytes: 137438953472
    gpus: [{ Vendor: NVIDIA, ModelName: Tesla T4 }]
    ec2: { instanceType: g4dn.8xlarge }
  - count: 190
    hostname: office-{nnn}
    os: windows
    tags: { pool: office, ram: 16gb }
  - count: 10
    hostname: mac-{nn}
    os: macos
    tags: { pool: design, ram: 32gb }

sessions:
  # Without a server each goes to the host with the fewest
  - { count: 2400, owner: "user-{nnnn}", name: "desktop {n}" }
  - { count: 50, owner: "clerk-{nn}", name: office, server: "office-{nnn}" }
`;
