/** Pixels of the screen. The picture is drawn in the middle of its frame, moved by x and y and enlarged by scale. */
export type Zoom = { scale: number; x: number; y: number };

export type Size = { width: number; height: number };

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };

/** How large the whole picture is in its frame. */
export function fitted(picture: Size, frame: Size): Size {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** So far that a pixel of the picture is four of the screen, and at least threefold. */
export function furthest(picture: Size, frame: Size): number {
  return Math.max(3, (picture.width / fitted(picture, frame).width) * 4);
}

/** Keeps the picture in its frame: what is larger covers it, what is smaller stays in the middle. */
export function within(zoom: Zoom, picture: Size, frame: Size): Zoom {
  const scale = Math.min(furthest(picture, frame), Math.max(1, zoom.scale));
  const size = fitted(picture, frame);
  const reach = (shown: number, room: number) => Math.max(0, (shown * scale - room) / 2);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return {
    scale,
    x: clamp(zoom.x, reach(size.width, frame.width)),
    y: clamp(zoom.y, reach(size.height, frame.height)),
  };
}

/** Enlarges around a point, given from the middle of the frame: what is under the finger stays there. */
export function around(zoom: Zoom, factor: number, x: number, y: number): Zoom {
  return {
    scale: zoom.scale * factor,
    x: x - (x - zoom.x) * factor,
    y: y - (y - zoom.y) * factor,
  };
}
