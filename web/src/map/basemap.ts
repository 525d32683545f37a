import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { Map as MapLibre, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import countriesUrl from 'world-atlas/countries-50m.json?url';
import type { Box } from './boxes';

type World = Topology<{ land: GeometryCollection; countries: GeometryCollection }>;

setWorkerUrl(workerUrl);

/** A world of land, water and borders that is served with the page (Natural Earth, public domain): no one else is asked. */
async function style(): Promise<StyleSpecification> {
  const world = (await (await fetch(countriesUrl)).json()) as World;
  const look = getComputedStyle(document.documentElement);
  const paint = (name: string) => {
    // The tokens are light-dark(); a colour that is drawn with must be one.
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour || look.color;
  };
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: feature(world, world.objects.land) },
      borders: { type: 'geojson', data: mesh(world, world.objects.countries, (a, b) => a !== b) },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': paint('--sunken') } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': paint('--raised') } },
      { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': paint('--line') } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': paint('--line'), 'line-dasharray': [3, 2] } },
    ],
  };
}

/** @throws when the browser can't draw it (no WebGL) */
export async function basemap(container: HTMLElement, first: Box | undefined): Promise<MapLibre> {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return new MapLibre({
    container,
    style: await style(),
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: calm ? 0 : 300,
    ...(first && { bounds: [first.west, first.south, first.east < first.west ? first.east + 360 : first.east, first.north], fitBoundsOptions: { padding: 64, maxZoom: 12 } }),
  });
}
