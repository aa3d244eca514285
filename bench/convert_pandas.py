"""The peer: pandas reads a CSV as text and writes it as Parquet, and does nothing else.

    python convert_pandas.py FILE.csv OUT.parquet

Prints {"seconds", "max_rss_mb", "rows"} of this process, imports left out of the seconds.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import pandas


def main(source: str, target: str) -> None:
    started = time.perf_counter()
    frame = pandas.read_csv(source, dtype=str, keep_default_na=False, on_bad_lines="skip", encoding_errors="replace")
    frame.to_parquet(target, compression="snappy", index=False)
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - started, 3),
                "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "rows": len(frame),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
