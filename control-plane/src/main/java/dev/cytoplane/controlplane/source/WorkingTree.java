package dev.cytoplane.controlplane.source;

import dev.cytoplane.builder.archive.LinkTarget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar.gz straight into Git objects: nothing is ever unpacked onto the disk, so there is nothing to escape from.
 * Only regular files, folders and links inside the tree are taken; {@code .git} is passed over.
 */
final class WorkingTree {

    private static final int PATH_LIMIT = 4096;
    private static final int PROGRAM = 0100;

    private final ObjectInserter inserter;
    private final SourceSettings settings;
    private final Map<String, DirCacheEntry> files = new HashMap<>();
    private long total;

    WorkingTree(ObjectInserter inserter, SourceSettings settings) {
        this.inserter = inserter;
        this.settings = settings;
    }

    /** Only what is wrong with the archive: what cannot be kept here is no fault of the upload. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (Uploads.TooLarge | ZipException | java.io.EOFException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException("The upload is not a tar archive that can be read: " + e.getMessage() + ".", e);
        }
    }

    /** Inserts the files and returns their tree. */
    ObjectId read(InputStream archive) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(archive, 1 << 16)), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                take(entry, tar);
            }
        } catch (ZipException e) {
            throw new SourceException("The upload is not a gzip-compressed tar archive: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new SourceException("The upload is not a tar archive that can be read: " + e.getMessage() + ".", e);
        } catch (java.io.EOFException e) {
            throw new SourceException("The upload ends in the middle of the archive.", e);
        }
        if (files.isEmpty()) {
            throw new SourceException("The upload holds no files.");
        }
        refuseFilesThatAreFolders();
        return tree();
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        List<String> segments = segments(entry.getName());
        if (segments.isEmpty() || entry.isDirectory() || segments.stream().anyMatch(WorkingTree::isGit)) {
            return;
        }
        String path = String.join("/", segments);
        if (files.containsKey(path)) {
            throw new SourceException("The upload holds %s twice.".formatted(path));
        }
        if (files.size() >= settings.fileLimit()) {
            throw new SourceException("The upload holds more than %d files (limit cytoplane.source.file-limit)."
                    .formatted(settings.fileLimit()));
        }
        if (entry.isSymbolicLink()) {
            if (!LinkTarget.staysInside(path, entry.getLinkName())) {
                throw new SourceException(
                        "The link %s leads to %s, outside the upload.".formatted(path, entry.getLinkName()));
            }
            byte[] target = entry.getLinkName().getBytes(StandardCharsets.UTF_8);
            add(path, FileMode.SYMLINK, inserter.insert(Constants.OBJ_BLOB, target));
        } else if (isRegular(entry)) {
            add(
                    path,
                    (entry.getMode() & PROGRAM) != 0 ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE,
                    content(path, entry.getSize(), tar));
        } else {
            throw new SourceException(
                    "%s is neither a file, a folder nor a symbolic link; an upload can hold nothing else."
                            .formatted(path));
        }
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private ObjectId content(String path, long size, InputStream tar) throws IOException {
        total += size;
        if (size > settings.objectLimit().toBytes()) {
            throw new SourceException("%s is larger than %d MB (limit cytoplane.source.object-limit)."
                    .formatted(path, settings.objectLimit().toMegabytes()));
        }
        if (total > settings.unpackedLimit().toBytes()) {
            throw new SourceException(
                    "The upload is larger than %d MB unpacked (limit cytoplane.source.unpacked-limit)."
                            .formatted(settings.unpackedLimit().toMegabytes()));
        }
        return inserter.insert(Constants.OBJ_BLOB, size, tar);
    }

    private void add(String path, FileMode mode, ObjectId content) {
        try {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(mode);
            entry.setObjectId(content);
            files.put(path, entry);
        } catch (IllegalArgumentException e) {
            throw new SourceException("%s is no path that Git can keep.".formatted(path), e);
        }
    }

    private static List<String> segments(String name) {
        if (name.length() > PATH_LIMIT || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw new SourceException("%s is no path inside an upload.".formatted(cut(name)));
        }
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("/")) {
            if (segment.equals("..")) {
                throw new SourceException("%s leads out of the upload.".formatted(cut(name)));
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static String cut(String name) {
        return name.length() > 200 ? name.substring(0, 200) + "…" : name;
    }

    private static boolean isGit(String segment) {
        return segment.equalsIgnoreCase(Constants.DOT_GIT);
    }

    private void refuseFilesThatAreFolders() {
        for (String path : files.keySet()) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (files.containsKey(path.substring(0, slash))) {
                    throw new SourceException(
                            "%s is a file and a folder at the same time.".formatted(path.substring(0, slash)));
                }
            }
        }
    }

    private ObjectId tree() throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        files.values().forEach(builder::add);
        builder.finish();
        return index.writeTree(inserter);
    }
}
