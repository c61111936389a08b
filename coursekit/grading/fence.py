"""What a process of cells may not ask of the kernel, and the end of the rights it has over namespaces of its own.

A process that made its own namespaces has all rights in them: it could take its private folder away and write into the one
that all forks share, or mount a larger one. So these rights are given up before the first cell runs, for good, and the calls
that would bring them back, hold memory that nobody counts, or reach out past an empty network are refused.
"""

import ctypes
import errno
import os
import platform
import struct

NO_NEW_RIGHTS, FILTER, DROP, AMBIENT = 38, 22, 24, 47  # of prctl
X86, ARM = "x86_64", "aarch64"
KERNEL = {X86: 0xC000003E, ARM: 0xC00000B7}  # what the kernel calls the two
SOCKETS = (1, 2, 10, 16)  # Unix, IPv4, IPv6 and the kernel's own; a virtual machine's line to its host is not among them
NEW_NAMESPACES = 0x7E020000  # flags of clone
# The number of each call that no cell needs, on the two.
REFUSED = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_getfd": (438, 438),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "quotactl": (179, 60), "acct": (163, 89),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104), "reboot": (169, 142),
}  # fmt: skip
OTHERS = {X86: {"clone": 56, "clone3": 435, "socket": 41}, ARM: {"clone": 220, "clone3": 435, "socket": 198}}
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000


def close(libc):
    """Give up all rights for good, and refuse what no cell needs; a processor of another kind only gives up the rights."""
    libc.prctl(AMBIENT, 4, 0, 0, 0)
    for right in range(64):
        libc.prctl(DROP, right, 0, 0, 0)
    none = ctypes.create_string_buffer(struct.pack("6I", 0, 0, 0, 0, 0, 0))
    header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0))
    _done(libc.capset(header, none), "capset")
    _done(libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0), "no_new_privs")
    steps = program(platform.machine())
    if steps:
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
        whole = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
        _done(libc.prctl(FILTER, 2, whole, 0, 0), "seccomp")


def program(machine):
    """The filter of calls as (code, steps if so, steps if not, number); empty for a kind of processor that is not known."""
    if machine not in KERNEL:
        return []
    other = OTHERS[machine]
    made = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, KERNEL[machine]), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    if machine == X86:  # the same calls by their second numbers
        made += [(AT_LEAST, 0, 1, 0x40000000), _refuse(errno.ENOSYS)]
    for numbers in REFUSED.values():
        made += [(EQUAL, 0, 1, numbers[machine == ARM]), _refuse(errno.EPERM)]
    made += [(EQUAL, 0, 1, other["clone3"]), _refuse(errno.ENOSYS)]  # the C library then takes clone
    made += [
        (EQUAL, 0, 4, other["clone"]),
        (LOAD, 0, 0, 16),
        (ANY_BIT, 0, 1, NEW_NAMESPACES),
        _refuse(errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]
    made += [(EQUAL, 0, 3 + len(SOCKETS), other["socket"]), (LOAD, 0, 0, 16)]
    made += [(EQUAL, len(SOCKETS) - at, 0, kind) for at, kind in enumerate(SOCKETS)]
    made += [_refuse(errno.EAFNOSUPPORT), (RETURN, 0, 0, ALLOW)]
    return [*made, (RETURN, 0, 0, ALLOW)]


def _refuse(why):
    return (RETURN, 0, 0, REFUSE | why)


def _done(failed, what):
    if failed:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
