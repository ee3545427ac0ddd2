"""`python -m pedri_assess.cli` is `pedri-assess`."""

import sys

from .main import main

sys.exit(main())
