"""The commands: `pedri-assess`."""
