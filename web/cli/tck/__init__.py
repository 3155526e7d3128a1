"""`chengxin tck DIR`: the DMN technology compatibility kit, read, run and counted.

https://github.com/dmn-tck/tck describes the format. A case folder holds models (`*.dmn`) and files
of test cases (`*-test-*.xml`) that give inputs and expect results.
"""

from web.cli.tck.command import tck

__all__ = ["tck"]
