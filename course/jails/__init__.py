"""Jails: kernels that run strangers' code, behind jupyter_client's own interface.

    Order (plain data) -> warm | cold -> walls -> settle -> kernel; a watch outside

Two jails show the same files (`stage`), take the same last steps (`settling`) and are
watched in the same way (`watch`); `provisioner` gives them to jupyter_client.

* warm: `course.kernels` has TensorFlow imported and forks each kernel. The child makes
  its own user, mount, pid, network, ipc and uts namespaces, and a root of binds that
  can only be read.
* cold: bubblewrap makes the same walls around a fresh interpreter (`cold`).

What each wall is for:

=====================  ==============================================================
mount namespace, root  only what a student may see exists; read-only but for /tmp
pid namespace          the kernel is process 1: with it ends all that it started, and
                       it can neither see nor signal anything else
network namespace      no interface is up; sockets to the grader are files
user namespace, uid    no capability; a real user of its own where the grader is root
Landlock               a second wall around files, TCP, signals and abstract sockets;
                       sockets to the grader can be made and not be replaced
seccomp                calls that attacks on a kernel begin with are refused
rlimits, sizes, watch  address space, tasks, files and /tmp without delay; memory,
                       processes, CPU and wall time of all processes together
=====================  ==============================================================

What was tried before this was written, on Linux 6.18 and Debian 12, bubblewrap 0.8:

* Ordinary users can make every namespace and mount a tmpfs, /proc and devpts in them.
  Where a distribution or a container forbids it, `isolation` finds out by trying.
* Landlock has ABI 7; seccomp filters load without privilege after PR_SET_NO_NEW_PRIVS.
* A cgroup with limits can be made by root only, and here only in version 1: version 2
  is mounted without those needed. So the watch adds up, in every case.
* As root the walls are made before the change of user, because an interpreter below
  /root cannot be reached after it. For the same reason bubblewrap keeps CAP_SETUID,
  CAP_SETGID and CAP_SETPCAP until the kernel settles.
* A kernel under bubblewrap outlived a killed grader: the signal for a parent's death is
  not sent where the parent could not signal the child. So `guard` kills what is left.
* Loopback is up in bubblewrap's network namespace and down in the warm one's.
* Capabilities, Landlock and PR_SET_NO_NEW_PRIVS belong to a thread. So everything is
  given up before ipykernel starts its threads, and cannot be given up after.
* ipykernel aborts where AF_NETLINK is refused; `!command` in a cell needs a devpts.

Not defended: faults of the kernel itself, side channels, and what a student's process
says about its own answers; see the judging for that.
"""
